import type { FieldGroup, Wall, WallChild } from "@hanyouxu/api";
import { shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { alarmsOf } from "../alarms/alarms.ts";
import { onlineSince } from "../machines/machines.ts";
import { countRefused, countSessions } from "./day-queries.ts";
import {
  type CountedAlarms,
  type CountedWork,
  countEnterprisesAtWork,
  countMachinesAtWork,
  countMachinesInside,
  countOpen,
  countOpenClearances,
  countWeldersAtWork,
  selectNewest,
} from "./now-queries.ts";
import { selectChildren } from "./region-queries.ts";
import { ShortCache } from "./short-cache.ts";
import { type SlowFigures, slowFigures } from "./slow-figures.ts";
import { childLengthOf, outermostRegion, shownRegion } from "./wall-region.ts";

/** Where each group may be counted; undefined: nowhere. */
export type WallReach = { machines: ReachedRows } & Partial<
  Record<Exclude<FieldGroup, "machines" | "readings"> | "alarmRows", ReachedRows>
>;
type Now = Omit<Wall, keyof SlowFigures | "slowAtMs">;
export type WallContext = Pick<AppContext, "db" | "clock">;

const NOW_MS = 2_000;
const SLOW_MS = 30_000;
const NEWEST = 20;
const MOST_KINDS = 6;

/** Figures of walls, counted once for all that ask for the same within a moment. */
export class WallFigures {
  readonly #ctx: WallContext;
  readonly #now: ShortCache<Now>;
  readonly #slow: ShortCache<SlowFigures & { slowAtMs: number }>;

  constructor(ctx: WallContext) {
    this.#ctx = ctx;
    this.#now = new ShortCache(ctx.clock, NOW_MS);
    this.#slow = new ShortCache(ctx.clock, SLOW_MS);
  }

  /**
   * @param asked a region that lies within reach; undefined: what all of the reach lies in
   * @throws AppError region.not_found
   */
  async read(reach: WallReach, asked: string | undefined): Promise<Wall> {
    const region = asked ?? (await outermostRegion(this.#ctx, reach.machines));
    const key = JSON.stringify([region, reach]);
    const slow = await this.#slow.get(key, async () => ({
      ...(await slowFigures(this.#ctx, reach, region)),
      slowAtMs: this.#ctx.clock.nowMs(),
    }));
    return { ...(await this.#now.get(key, () => countNow(this.#ctx, reach, region))), ...slow };
  }
}

async function countNow(ctx: WallContext, reach: WallReach, region: string): Promise<Now> {
  const { db } = ctx;
  const atMs = ctx.clock.nowMs();
  const heardSince = onlineSince(atMs);
  const day = shanghaiDay(atMs);
  const midnight = new Date(shanghaiDayStartMs(day));
  const childLength = childLengthOf(region);
  const part = (rows: ReachedRows) => ({ reach: rows, region, childLength });
  const machines = await countMachinesAtWork(db, part(reach.machines), heardSince);
  const enterprises =
    reach.enterprises && (await countEnterprisesAtWork(db, part(reach.enterprises), heardSince));
  const welders = reach.people && (await countWeldersAtWork(db, part(reach.people), heardSince));
  const refused = reach.decisions && (await countRefused(db, part(reach.decisions), midnight));
  const alarms = reach.alarms && (await countOpen(db, part(reach.alarms)));
  const children =
    childLength === region.length ? [] : await selectChildren(db, region, childLength, reach.machines);
  return {
    atMs,
    day,
    region: await shownRegion(ctx, region, reach.machines),
    machines: sumOf(machines),
    enterprises: enterprises ? sumOf(enterprises) : null,
    welders: welders ? { atWork: welders.at_work, all: welders.all } : null,
    sessionsToday: reach.sessions ? await countSessions(db, part(reach.sessions), midnight) : null,
    refusedToday: refused?.refused ?? null,
    uncertifiedToday: refused?.uncertified ?? null,
    openAlarms: alarms ? bySeverity(alarms) : null,
    alarmKinds: alarms ? mostFrequentKinds(alarms) : null,
    newestAlarms: reach.alarmRows ? await newestAlarms(ctx, part(reach.alarmRows)) : null,
    keyAreas: {
      machinesInside: reach.keyAreas ? await countMachinesInside(db, part(reach.machines)) : null,
      clearancesOpen: reach.sessions ? await countOpenClearances(db, part(reach.sessions)) : null,
    },
    children: children.map(
      ({ region_code: code, name, latitude_degrees, longitude_degrees }): WallChild => ({
        code,
        name,
        machines: sumOf(machines.filter((row) => row.code === code)),
        enterprises: enterprises ? sumOf(enterprises.filter((row) => row.code === code)) : null,
        openAlarms: alarms ? bySeverity(alarms.filter((row) => row.code === code)) : null,
        centre:
          latitude_degrees === null || longitude_degrees === null
            ? null
            : { latitudeDegrees: latitude_degrees, longitudeDegrees: longitude_degrees },
      }),
    ),
  };
}

function sumOf(rows: readonly CountedWork[]): { atWork: number; all: number } {
  return {
    atWork: rows.reduce((sum, { at_work }) => sum + at_work, 0),
    all: rows.reduce((sum, { all }) => sum + all, 0),
  };
}

function bySeverity(rows: readonly CountedAlarms[]): NonNullable<Wall["openAlarms"]> {
  const counts = { danger: 0, warning: 0, notice: 0 };
  for (const { severity, open } of rows) counts[severity] += open;
  return counts;
}

function mostFrequentKinds(rows: readonly CountedAlarms[]): NonNullable<Wall["alarmKinds"]> {
  const counts = new Map<CountedAlarms["kind"], number>();
  for (const { kind, open } of rows) counts.set(kind, (counts.get(kind) ?? 0) + open);
  return [...counts]
    .map(([kind, open]) => ({ kind, open }))
    .sort((one, other) => other.open - one.open || one.kind.localeCompare(other.kind))
    .slice(0, MOST_KINDS);
}

async function newestAlarms(
  ctx: WallContext,
  part: { reach: ReachedRows; region: string },
): Promise<NonNullable<Wall["newestAlarms"]>> {
  const ids = await selectNewest(ctx.db, part, NEWEST);
  const alarms = new Map((await alarmsOf(ctx.db, ids)).map(({ alarm }) => [alarm.alarmId, alarm]));
  return ids.flatMap((alarmId) => {
    const alarm = alarms.get(alarmId);
    if (!alarm) return [];
    const { kind, severity, closedAt, raisedAt, regionName, place } = alarm;
    const about = alarm.keyAreaName ?? alarm.enterpriseName ?? alarm.machineName;
    const raisedAtMs = Date.parse(raisedAt);
    return [{ alarmId, kind, severity, isOpen: closedAt === null, raisedAtMs, regionName, about, place }];
  });
}
