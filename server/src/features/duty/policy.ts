import type { Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { type Person, requireScope, requireSight } from "../sign-in/sign-in.ts";
import { type StationRow, selectStations } from "./station-queries.ts";

/** Who sees stations and rosters. */
export const STATION_READERS = ["operator", "regulator", "station-staff"] as const satisfies Role[];
/** Who registers stations and writes rosters. */
export const STATION_MANAGERS = ["operator", "regulator"] as const satisfies Role[];

/**
 * A station of the caller's regions.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | fire_station.not_found |
 *   region.out_of_scope
 */
export async function requireStation(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  fireStationId: string,
  roles: readonly Role[],
): Promise<{ person: Person; station: StationRow }> {
  const { person, scope } = requireSight(request, "alarms", "rows", roles);
  const [station] = await selectStations(ctx.db, { fireStationId }, 1, 0);
  if (!station) throw new AppError("fire_station.not_found");
  requireScope({ ...scope, enterprises: [] }, station.region_code);
  return { person, station };
}
