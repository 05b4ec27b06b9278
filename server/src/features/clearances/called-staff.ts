import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { StationCause } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { whoIsOnDuty } from "../duty/duty.ts";
import { staffNearest } from "../staff-accounts/staff-accounts.ts";
import type { LockedClearance } from "./queries.ts";

/**
 * Whom a call reaches: first who is on duty at the station that answers for the place, then, at each level above, the
 * neighbouring stations too. Where no station is registered or nobody is on duty: the station staff of the called region.
 */
export async function calledStaff(
  ctx: Pick<AppContext, "clock" | "stationMap">,
  tx: Kysely<Tables>,
  row: LockedClearance,
  { cause, level, region }: { cause: StationCause; level: number; region: RegionCode },
): Promise<readonly PersonId[]> {
  const duty = await whoIsOnDuty(
    { db: tx, stationMap: ctx.stationMap },
    {
      regionCode: row.region_code,
      position: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
      kind: cause === "scene" ? "hot-work" : "fire",
      atMs: ctx.clock.nowMs(),
    },
  );
  if (level === 0 && duty.onDuty.length > 0) return duty.onDuty;
  const staff = await staffNearest(tx, row.region_code, region, ["station-staff"]);
  const neighbours = duty.fallback.flatMap((step) => (step.step === "neighbour" ? step.personIds : []));
  return level === 0 ? staff : [...new Set([...neighbours, ...staff])];
}
