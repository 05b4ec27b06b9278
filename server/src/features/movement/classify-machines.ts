import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { FoundMovement } from "../../db/tables/movement.ts";
import type { Tables } from "../../db/tables.ts";
import { classifyMovement, type Mobility } from "./classify-movement.ts";
import { placesOf } from "./kept-places.ts";
import { selectDays, takeStaleMachines, writeMachineMovements } from "./queries.ts";
import { windowOf } from "./window.ts";

/** Some hundred days: read, and written, in a millisecond or two in which the embedded database serves nobody else. */
const MACHINES_AT_ONCE = 4;
/** Enough for a county in one run; what is left waits for the next. */
const MOST_PARTS = 1_200;

/** Classifies the machines whose days have changed, and once a day all of them. Returns how many. */
export async function classifyMachines(ctx: Pick<AppContext, "db" | "clock">): Promise<number> {
  let classified = 0;
  for (let part = 0; part < MOST_PARTS; part++) {
    const count = await ctx.db.transaction().execute((tx) => classifyPart(tx, ctx.clock.nowMs()));
    classified += count;
    if (count < MACHINES_AT_ONCE) break;
  }
  return classified;
}

async function classifyPart(tx: Kysely<Tables>, nowMs: number): Promise<number> {
  const window = windowOf(nowMs);
  const stale = await takeStaleMachines(tx, window.toDay, MACHINES_AT_ONCE);
  if (stale.length === 0) return 0;
  const machineIds = stale.map(({ machine_id }) => machine_id);
  const days = Map.groupBy(await selectDays(tx, machineIds, window), (row) => row.machine_id);
  const rows = stale.map(({ machine_id, version }) => {
    const own = days.get(machine_id) ?? [];
    const found = classifyMovement(own.map(({ day, places }) => ({ day, places: placesOf(places) })));
    return {
      machine_id,
      version,
      found: foundOf(found),
      places: found.workPlaces,
      place_count: found.workPlaces.length,
      moves: found.moves,
      farthest_metres: found.farthestMetres,
      days: found.days,
      worked_days: found.workedDays,
      simulated_days: own.filter((row) => row.is_simulated).length,
      from_day: found.fromDay,
      to_day: found.toDay,
    };
  });
  await writeMachineMovements(tx, rows, new Date(nowMs), window.toDay);
  return stale.length;
}

export function foundOf({ isMobile }: Pick<Mobility, "isMobile">): FoundMovement {
  if (isMobile === null) return "undecided";
  return isMobile ? "mobile" : "fixed";
}
