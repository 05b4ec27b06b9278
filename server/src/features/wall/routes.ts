import { type FieldGroup, wallRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import {
  isWithinRegion,
  type Person,
  requireSight,
  type Scope,
  sightOf,
  sightSummary,
} from "../sign-in/sign-in.ts";
import { WallFigures, type WallReach } from "./wall.ts";

export function registerWall(server: FastifyInstance, ctx: AppContext): void {
  const figures = new WallFigures(ctx);
  handle(server, wallRoutes.wall, async (request) => {
    const { person, scope } = requireSight(request, "machines", "counts");
    const { region } = request.query;
    if (region !== undefined && !mayLookAt(scope, region)) throw new AppError("region.out_of_scope");
    return await figures.read(reachOf(person, scope), region);
  });
}

/** A firm's machines lie where they lie: it may look anywhere, and finds its own. */
function mayLookAt(scope: Scope, region: string): boolean {
  return (
    scope.everywhere ||
    scope.enterprises.length > 0 ||
    scope.regions.some((own) => isWithinRegion(own, region))
  );
}

function reachOf(person: Person, machines: Scope): WallReach {
  const { sees } = sightSummary(person);
  const counted = (group: FieldGroup) =>
    sees[group] === "none" ? undefined : sightOf(person, group, "counts");
  const [enterprises, people, sessions, decisions, alarms, keyAreas] = [
    counted("enterprises"),
    counted("people"),
    counted("sessions"),
    counted("decisions"),
    counted("alarms"),
    counted("keyAreas"),
  ];
  const seesAlarms = sees.alarms === "rows" || sees.alarms === "personal";
  return {
    machines,
    ...(enterprises && { enterprises }),
    ...(people && { people }),
    ...(sessions && { sessions }),
    ...(decisions && { decisions }),
    ...(alarms && { alarms }),
    ...(keyAreas && { keyAreas }),
    ...(seesAlarms && { alarmRows: sightOf(person, "alarms") }),
  };
}
