import { type MapFilter, type MapSelection, machineState } from "@hanyouxu/api";
import type { MachineId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import type { MachineColumns } from "./machine-columns.ts";
import { type MapArea, rowsWithin, statesOf } from "./map-list.ts";
import { type MapSight, Matcher } from "./matcher.ts";
import { countWork } from "./page-queries.ts";
import type { Words } from "./words.ts";

/** Who asks, and what of work sessions and of people is seen. */
export interface SelectionSight extends MapSight {
  sessions: Scope;
  people: Scope;
}

/**
 * What lies within a polygon under a filter. Different welders are people: fewer than the platform's smallest count are
 * withheld, as in statistics.
 */
export async function selectionOf(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  columns: MachineColumns,
  sight: SelectionSight,
  filter: MapFilter,
  polygon: MapArea["polygon"],
): Promise<MapSelection> {
  const matcher = new Matcher(columns, sight, filter, ctx.clock.nowMs());
  const rows = rowsWithin(columns, matcher, { polygon });
  const { state, process, enterpriseType, enterprise } = columns.at;
  const byState = new Array<number>(machineState.options.length).fill(0);
  for (const row of rows) byState[state[row]!]!++;
  const ids = rows.map((row) => columns.ids[row]!);
  const work = await workOf(ctx, sight, ids);
  return {
    machines: rows.length,
    enterprises: new Set(rows.map((row) => enterprise[row])).size,
    alarms: rows.filter((row) => matcher.alarmOf(row) > 0).length,
    states: statesOf(byState),
    processes: countsBy(rows, process, columns.processes),
    enterpriseTypes: countsBy(rows, enterpriseType, columns.enterpriseTypes),
    ...work,
  };
}

async function workOf(
  { db, config }: Pick<AppContext, "db" | "config">,
  { sessions, people }: SelectionSight,
  ids: readonly MachineId[],
): Promise<Pick<MapSelection, "workSessions" | "welders" | "isWeldersWithheld">> {
  if (isNowhere(sessions)) return { workSessions: null, welders: null, isWeldersWithheld: false };
  const { workSessions, welders } = await countWork(db, ids, sessions, people);
  if (isNowhere(people)) return { workSessions, welders: null, isWeldersWithheld: false };
  const isFew = welders > 0 && welders < config.smallestCount;
  return { workSessions, welders: isFew ? null : welders, isWeldersWithheld: isFew };
}

function isNowhere({ everywhere, regions, enterprises }: Scope): boolean {
  return !everywhere && regions.length + enterprises.length === 0;
}

function countsBy(rows: readonly number[], column: Uint16Array, words: Words): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const word = words.all[column[row]!]!;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}
