import { movementWindowDays } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { foundOf } from "./classify-machines.ts";
import { classifyMovement } from "./classify-movement.ts";
import { daysOfSessions } from "./session-days.ts";
import {
  lockProgress,
  noteWelders,
  selectSessionPlaces,
  takeStaleWelders,
  writeWelderMovements,
} from "./welder-queries.ts";
import { windowOf } from "./window.ts";

/** By then a grant was answered or given up, and slower transactions have ended. */
const SETTLE_MS = 5 * 60_000;
/** How often it is looked whether somebody has worked. */
const LOOK_EVERY_MS = 5 * 60_000;
const WELDERS_AT_ONCE = 10;
const MOST_PARTS = 100;

/** Classifies the welders who have worked since the last time, and once a day all of them. Returns how many. */
export async function classifyWelders(ctx: Pick<AppContext, "db" | "clock">): Promise<number> {
  await ctx.db.transaction().execute((tx) => noteWhoWorked(tx, ctx.clock.nowMs()));
  let classified = 0;
  for (let part = 0; part < MOST_PARTS; part++) {
    const count = await ctx.db.transaction().execute((tx) => classifyPart(tx, ctx.clock.nowMs()));
    classified += count;
    if (count < WELDERS_AT_ONCE) break;
  }
  return classified;
}

async function noteWhoWorked(tx: Kysely<Tables>, nowMs: number): Promise<void> {
  const notedUntil = await lockProgress(tx);
  const untilMs = nowMs - SETTLE_MS;
  if (notedUntil === undefined || untilMs - notedUntil.getTime() < LOOK_EVERY_MS) return;
  const oldestMs = nowMs - movementWindowDays * 86_400_000;
  await noteWelders(tx, new Date(Math.max(notedUntil.getTime(), oldestMs)), new Date(untilMs));
}

async function classifyPart(tx: Kysely<Tables>, nowMs: number): Promise<number> {
  const window = windowOf(nowMs);
  const stale = await takeStaleWelders(tx, window.toDay, WELDERS_AT_ONCE);
  if (stale.length === 0) return 0;
  const welderIds = stale.map(({ welder_id }) => welder_id);
  const rows = await selectSessionPlaces(tx, { welderIds, fromDay: window.fromDay });
  const sessions = Map.groupBy(rows, (row) => row.welder_id);
  const found = stale.map(({ welder_id, version }) => {
    const mobility = classifyMovement(daysOfSessions(sessions.get(welder_id) ?? []));
    return {
      welder_id,
      version,
      found: foundOf(mobility),
      place_count: mobility.workPlaces.length,
      moves: mobility.moves,
      farthest_metres: mobility.farthestMetres,
      worked_days: mobility.workedDays,
      from_day: mobility.fromDay,
      to_day: mobility.toDay,
    };
  });
  await writeWelderMovements(tx, found, new Date(nowMs), window.toDay);
  return stale.length;
}
