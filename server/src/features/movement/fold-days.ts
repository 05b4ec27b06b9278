import type { ChipId, MachineId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { takeChangedDays } from "../telemetry/telemetry.ts";
import { dayPlaces, type MovementFix } from "./day-places.ts";
import { keptOf } from "./kept-places.ts";
import { isOursToFollow, type MachineFixRow, type NewDay, selectMachineFixes, writeDays } from "./queries.ts";

/** A day goes on changing while the chip speaks: it is looked at once in this time, not every ten minutes. */
const SETTLE_MS = 30 * 60_000;
/** A thousand fixes or two: twenty milliseconds in which the embedded database serves nobody else. */
const CHIP_DAYS_AT_ONCE = 15;
/** A run does not go on for ever; what is left waits for the next. */
const MOST_PARTS = 60;

/**
 * Makes the days that changed anew, whole, from all their fixes: however often a fix comes and however late, it counts
 * once. A part that fails or is cut off is as if it had not begun. Returns the days written.
 */
export async function foldChangedDays(ctx: Pick<AppContext, "db" | "clock">): Promise<number> {
  const changedBefore = new Date(ctx.clock.nowMs() - SETTLE_MS);
  let written = 0;
  for (let part = 0; part < MOST_PARTS; part++) {
    const done = await ctx.db.transaction().execute((tx) => foldPart(tx, changedBefore));
    written += done.days;
    if (done.taken < CHIP_DAYS_AT_ONCE) break;
  }
  return written;
}

async function foldPart(tx: Kysely<Tables>, changedBefore: Date): Promise<{ taken: number; days: number }> {
  if (!(await isOursToFollow(tx))) return { taken: 0, days: 0 };
  const taken = await takeChangedDays(tx, changedBefore, CHIP_DAYS_AT_ONCE);
  let days = 0;
  for (const [day, chips] of Map.groupBy(taken, (row) => row.day)) {
    const made = await makeDays(
      tx,
      day,
      chips.map(({ chip_id }) => chip_id),
    );
    await writeDays(tx, made);
    days += made.length;
  }
  return { taken: taken.length, days };
}

async function makeDays(tx: Kysely<Tables>, day: string, chipIds: readonly ChipId[]): Promise<NewDay[]> {
  const rows = await selectMachineFixes(tx, day, chipIds);
  return [...Map.groupBy(rows, (row) => row.machine_id as MachineId)].map(([machine_id, fixes]) => ({
    machine_id,
    day,
    places: keptOf(dayPlaces(fixes.flatMap(fixOf))),
  }));
}

function fixOf(row: MachineFixRow): MovementFix[] {
  if (row.starts_at === null) return [];
  return [
    {
      atMs: row.starts_at.getTime(),
      latitudeDegrees: row.latitude_degrees,
      longitudeDegrees: row.longitude_degrees,
      accuracyMetres: row.accuracy_metres,
      isArcing: row.has_arc,
    },
  ];
}
