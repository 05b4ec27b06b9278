import { movementRoutes } from "@hanyouxu/api";
import type { WelderId } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import {
  isInScope,
  type Person,
  requireScope,
  requireSight,
  type Scope,
  sightOf,
} from "../sign-in/sign-in.ts";
import { classifyMovement } from "./classify-movement.ts";
import { countMachineMovements, type MachineMovementRow, selectMachineMovements } from "./machine-queries.ts";
import { machineMovementDetailOf, machineMovementOf, welderMovementOf } from "./movement-view.ts";
import { clearOverride, overrideMovement } from "./override.ts";
import { mayJudge, requireJudge } from "./policy.ts";
import { daysOfSessions } from "./session-days.ts";
import { countWelderMovements, selectSessionPlaces, selectWelderMovements } from "./welder-queries.ts";
import { windowOf } from "./window.ts";

const ONE = { limit: 1, offset: 0 };

export function registerMovement(server: FastifyInstance, ctx: AppContext): void {
  handle(server, movementRoutes.listMachineMovements, async (request) => {
    const { scope } = requireSight(request, "machines");
    const { page, pageSize, sort, ...query } = request.query;
    const filter = { ...query, scope };
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectMachineMovements(ctx.db, filter, sort, part);
    const total = await countMachineMovements(ctx.db, filter);
    return { items: rows.map(machineMovementOf), total, page, pageSize };
  });

  handle(server, movementRoutes.getMachineMovement, async (request) => {
    const { person, scope } = requireSight(request, "machines");
    return shown(person, await reachedMachine(scope, request.params.machineId));
  });

  handle(server, movementRoutes.overrideMachineMovement, async (request) => {
    const { person, scope } = requireJudge(request);
    const { machine_id } = await reachedMachine(scope, request.params.machineId);
    await overrideMovement(ctx, machine_id, { ...request.body, actor: person.personId });
    return shown(person, await requireMachine(machine_id));
  });

  handle(server, movementRoutes.clearMachineMovement, async (request) => {
    const { person, scope } = requireJudge(request);
    const { machine_id } = await reachedMachine(scope, request.params.machineId);
    await clearOverride(ctx, machine_id, { ...request.body, actor: person.personId });
    return shown(person, await requireMachine(machine_id));
  });

  handle(server, movementRoutes.listWelderMovements, async (request) => {
    const { scope } = requireSight(request, "people");
    const { page, pageSize, sort, ...query } = request.query;
    const filter = { ...query, scope };
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectWelderMovements(ctx.db, filter, sort, part);
    const items = rows.map((row) => welderMovementOf(ctx, row));
    return { items, total: await countWelderMovements(ctx.db, filter), page, pageSize };
  });

  handle(server, movementRoutes.getWelderMovement, async (request) => {
    const { person, scope } = requireSight(request, "people");
    const { welderId } = request.params;
    const [row] = await selectWelderMovements(ctx.db, { welderId }, "region", ONE);
    if (!row) throw new AppError("welder.not_found");
    const [reached] = await selectWelderMovements(ctx.db, { welderId, scope }, "region", ONE);
    if (!reached) throw new AppError("region.out_of_scope");
    return { ...welderMovementOf(ctx, row), places: await placesOfWelder(person, row.welder_id) };
  });

  async function requireMachine(machineId: string): Promise<MachineMovementRow> {
    const [row] = await selectMachineMovements(ctx.db, { machineId }, "region", ONE);
    if (!row) throw new AppError("machine.not_found");
    return row;
  }

  /** @throws AppError machine.not_found, region.out_of_scope */
  async function reachedMachine(scope: Scope, machineId: string): Promise<MachineMovementRow> {
    const row = await requireMachine(machineId);
    requireScope(scope, row.region_code, row.enterprise_id);
    return row;
  }

  function shown(person: Person, row: MachineMovementRow) {
    return machineMovementDetailOf(ctx, row, {
      places: isInScope(sightOf(person, "readings"), row.region_code, row.enterprise_id),
      mayOverride: mayJudge(person, row.region_code),
    });
  }

  /** Only of the work that the person may see: a place of work elsewhere is nobody's business here. */
  async function placesOfWelder(person: Person, welderId: WelderId) {
    const scope = sightOf(person, "sessions");
    if (!scope.everywhere && scope.regions.length + scope.enterprises.length === 0) return null;
    const { fromDay } = windowOf(ctx.clock.nowMs());
    const sessions = await selectSessionPlaces(ctx.db, { welderIds: [welderId], fromDay, scope });
    return classifyMovement(daysOfSessions(sessions)).workPlaces;
  }
}
