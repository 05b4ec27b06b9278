import { addDays, shanghaiDayStartMs } from "../civil-day.ts";
import { platformPolicy } from "../clause.ts";
import { order61 } from "../hot-work/clauses.ts";
import {
  forbiddenPeriodBy,
  openTimeBy,
  shanghaiMinute,
  type WorkTimes,
  workForbiddenFromMs,
} from "../key-area/forbidden-time.ts";
import type { SpecialPeriod } from "../key-area/key-area-validity.ts";
import { fail, pass } from "../rule.ts";
import { clearedWithin, within } from "./example-areas.ts";
import { exampleAtMs, exampleDay } from "./example-facts.ts";
import type { KeyAreaFacts, StartFacts } from "./facts.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

export const isInKeyAreas = (facts: StartFacts) => facts.keyAreas !== undefined && facts.keyAreas.length > 0;

export function isCleared({ keyAreaId }: KeyAreaFacts, { clearance }: StartFacts): boolean {
  return clearance?.keyAreaId === keyAreaId && clearance.isReadyToStart;
}

/** Order 61 art. 20 shuts hot work out of an entertainment venue's opening hours, whatever staff have set. */
function isVenue({ kind, regime }: KeyAreaFacts): boolean {
  return kind === "entertainment" && regime === "crowded-place";
}

function timesOf(area: KeyAreaFacts): WorkTimes | undefined {
  return area.times && (isVenue(area) ? { ...area.times, workWhileOpen: "forbidden" } : area.times);
}

/** A start that could reach its chip only when work is forbidden already is one within it. */
export function isForbiddenSoon(area: KeyAreaFacts, atMs: number, grantSeconds: number): boolean {
  const times = timesOf(area);
  return times !== undefined && workForbiddenFromMs(times, atMs, byMs(atMs, grantSeconds)) !== null;
}

const byMs = (atMs: number, grantSeconds: number) => atMs + grantSeconds * 1000;

/**
 * The first instant from `atMs` up to `untilMs` at which no hot work may be done in an area that the machine is in, or
 * may be in: what is granted before ends there. Null: there is none.
 */
export function keyAreasForbidFromMs(
  { keyAreas = [] }: Pick<StartFacts, "keyAreas">,
  atMs: number,
  untilMs: number,
): number | null {
  const begins = keyAreas.flatMap((area) => {
    const times = timesOf(area);
    return (times && workForbiddenFromMs(times, atMs, untilMs)) ?? [];
  });
  return begins.length === 0 ? null : Math.min(...begins);
}

/** Areas that the start would be in; where that is unsure and nothing is cleared, another rule asks first. */
function areasOfStart(facts: StartFacts): KeyAreaFacts[] {
  return facts.keyAreas!.filter(
    (area) => area.times !== undefined && (area.state === "inside" || isCleared(area, facts)),
  );
}

const specialPeriod = startRule({
  id: "key-area-special-period",
  rank: 68,
  title: {
    zh: "重点区域“{name}”{from} 起因“{period}”禁止动火",
    en: "In the key area “{name}” no hot work is allowed from {from} on: “{period}”",
  },
  clause: platformPolicy("grantSeconds"),
  fix: { zh: "请在 {until} 之后开机", en: "Start after {until}" },
  appliesTo: (facts) => isInKeyAreas(facts) && facts.keyAreas!.some(({ times }) => times !== undefined),
  check: (facts, { grantSeconds }, atMs) => {
    for (const { keyAreaId, name, times } of areasOfStart(facts)) {
      const found = forbiddenPeriodBy(times!, atMs, byMs(atMs, grantSeconds));
      if (!found) continue;
      const [from, until] = [shanghaiMinute(found.fromMs), shanghaiMinute(found.untilMs)];
      return fail({ keyAreaId, name, period: found.name, from, until });
    }
    return pass();
  },
  examples: [
    example("in no key area", "skip", (facts) => {
      facts.keyAreas = [];
    }),
    example("a decision from before times were asked", "skip", within({})),
    example("no special period", "pass", within({ times: shut() })),
    example("a forbidden period today, cleared or not", "fail", clearedWithin({ times: forbiddenToday() })),
    example(
      "a day that is only shut to the public",
      "pass",
      within({ times: shut(period({ rule: "closed" })) }),
    ),
    example(
      "perhaps in the area, and not cleared",
      "pass",
      within({ state: "unsure", times: forbiddenToday() }),
    ),
    example(
      "perhaps in the area, and cleared",
      "fail",
      clearedWithin({ state: "unsure", times: forbiddenToday() }),
    ),
    ...around("the first instant", exampleDay, [
      ["61 s before", -61_000, "pass"],
      ["60 s before: a grant would arrive too late", -60_000, "fail"],
      ["at it", 0, "fail"],
    ]),
    ...around("the end", addDays(exampleDay, 1), [
      ["1 ms before", -1, "fail"],
      ["at it", 0, "pass"],
    ]),
    example(
      "20 s before it where a grant must arrive in 10 s",
      "pass",
      within({ times: forbiddenToday() }),
      { grantSeconds: 10 },
      shanghaiDayStartMs(exampleDay) - 20_000,
    ),
  ],
});

const openToPublic = startRule({
  id: "key-area-open-to-public",
  rank: 69,
  title: {
    zh: "重点区域“{name}”{from} 起营业（开放），期间禁止动火",
    en: "The key area “{name}” is open to the public from {from} on: no hot work meanwhile",
  },
  clause: platformPolicy("grantSeconds"),
  fix: {
    zh: "请在 {until} 停止营业、人员离开后开机",
    en: "Start after {until}, when it is shut and people have left",
  },
  appliesTo: (facts) => isInKeyAreas(facts) && facts.keyAreas!.some(({ times }) => times !== undefined),
  check: (facts, { grantSeconds }, atMs) => {
    for (const area of areasOfStart(facts)) {
      const times = timesOf(area)!;
      if (times.workWhileOpen === "allowed") continue;
      const found = openTimeBy(times, atMs, byMs(atMs, grantSeconds));
      if (!found) continue;
      const { keyAreaId, name } = area;
      const data = { keyAreaId, name, from: shanghaiMinute(found.fromMs) };
      const clause = isVenue(area) ? order61("20") : undefined;
      if (found.untilMs === null) return fail(data, clause, NEVER_SHUT);
      return fail({ ...data, until: shanghaiMinute(found.untilMs) }, clause);
    }
    return pass();
  },
  examples: [
    example("in no key area", "skip", (facts) => {
      facts.keyAreas = [];
    }),
    example("a decision from before times were asked", "skip", within({})),
    example("open, and work is forbidden then", "fail", clearedWithin({ times: openFrom("09:00") })),
    example(
      "open, and the area allows work then",
      "pass",
      within({ times: { ...openFrom("09:00"), workWhileOpen: "allowed" } }),
    ),
    example(
      "an entertainment venue, whatever is allowed",
      "fail",
      within({
        kind: "entertainment",
        regime: "crowded-place",
        times: { ...openFrom("09:00"), workWhileOpen: "allowed" },
      }),
    ),
    example("open all day and night", "fail", within({ times: openFrom("00:00", "24:00") })),
    example(
      "shut to the public today",
      "pass",
      within({ times: { ...openFrom("09:00"), specialPeriods: [period({ rule: "closed" })] } }),
    ),
    ...aroundHours([
      ["61 s before it opens", "pass", "09:30", -61_000],
      ["60 s before it opens: a grant would arrive too late", "fail", "09:30", -60_000],
      ["as it opens", "fail", "09:30", 0],
      ["1 ms before it shuts", "fail", "01:30", -1],
      ["as it shuts", "pass", "01:30", 0],
    ]),
  ],
});

const NEVER_SHUT = {
  title: {
    zh: "重点区域“{name}”全天营业（开放），期间禁止动火",
    en: "The key area “{name}” is open to the public day and night: no hot work meanwhile",
  },
  fix: {
    zh: "请联系区域管理单位安排停业时间",
    en: "Ask whoever runs the area for hours in which it is shut",
  },
};

function period(change: Partial<SpecialPeriod>): SpecialPeriod {
  return { name: "演示期间", fromDay: exampleDay, untilDay: exampleDay, rule: "forbidden", ...change };
}

function shut(...specialPeriods: SpecialPeriod[]): WorkTimes {
  return { openingHours: [], specialPeriods, workWhileOpen: "forbidden" };
}

/** For examples: no hot work on the day of the examples. */
export function forbiddenToday(): WorkTimes {
  return shut(period({}));
}

function openFrom(opensAt: string, closesAt = "22:00"): WorkTimes {
  return { ...shut(), openingHours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt, closesAt }] };
}

type Moment = readonly [string, number, "pass" | "fail"];

/** Examples at instants around the first instant of a day, while the day of the examples is forbidden. */
function around(what: string, day: string, moments: readonly Moment[]) {
  return moments.map(([when, offsetMs, expected]) => {
    const atMs = shanghaiDayStartMs(day) + offsetMs;
    return example(`${what}: ${when}`, expected, within({ times: forbiddenToday() }), {}, atMs);
  });
}

/** Examples around an opening time of 8 h, which is the time of the examples or 8 h before. */
function aroundHours(moments: readonly (readonly [string, "pass" | "fail", string, number])[]) {
  return moments.map(([when, expected, opensAt, offsetMs]) => {
    const closesAt = opensAt === "09:30" ? "17:30" : "09:30";
    return example(
      when,
      expected,
      within({ times: openFrom(opensAt, closesAt) }),
      {},
      exampleAtMs + offsetMs,
    );
  });
}

export const keyAreaTimeRules: readonly StartRule[] = [specialPeriod, openToPublic];
