import { describe, expect, test } from "vitest";
import { shanghaiDayStartMs } from "../civil-day.ts";
import { exampleHotWorkFacts } from "./example-facts.ts";
import { gradeOfHotWork, isWithinHours, reasonsToUpgrade } from "./grade.ts";
import {
  approverLevel,
  breakMinutesWithoutRetest,
  gasLimit,
  hotWorkRecordKeptUntil,
  mayApprove,
  simopsDistances,
  ticketHours,
} from "./limits.ts";
import { defaultHotWorkPolicy, hotWorkPolicy } from "./policy.ts";
import { hotWorkRegimeOf, hotWorkRegimes } from "./regime.ts";
import { smoulderWatchOf } from "./smoulder-watch.ts";
import { unknownHotWorkFacts } from "./unknown-facts.ts";

const policy = defaultHotWorkPolicy;
const noonMs = (day: string) => shanghaiDayStartMs(day) + 12 * 3_600_000;

describe("the grade of hot work", () => {
  const place = exampleHotWorkFacts("chemical", "start").place;

  test("of a place that nobody has described is special", () => {
    const { place } = unknownHotWorkFacts("chemical", "start");
    expect(gradeOfHotWork(place, noonMs("2026-11-23"), policy)).toMatchObject({ grade: "special" });
  });

  test("is one higher on every day off, and says why", () => {
    expect(gradeOfHotWork(place, noonMs("2026-11-21"), policy)).toMatchObject({
      grade: "grade-1",
      placeGrade: "grade-2",
      upgradedFor: ["rest-day"],
      clause: { article: "5.1.1", verified: true },
    });
  });

  test.each([
    ["2026-11-20", []],
    ["2026-11-21", ["rest-day"]],
    ["2026-11-22", ["rest-day"]],
    ["2026-11-23", []],
    ["2026-10-01", ["holiday"]],
    ["2026-10-10", []],
  ])("on %s the calendar says %j", (day, expected) => {
    const calendar = { ...policy, holidayDays: ["2026-10-01"], workingWeekendDays: ["2026-10-10"] };
    expect(reasonsToUpgrade(noonMs(day), calendar)).toEqual(expected);
  });

  test("hours may run past midnight, and equal hours are none", () => {
    const at = (hour: number) => shanghaiDayStartMs("2026-11-23") + hour * 3_600_000;
    expect([19.99, 20, 23, 0, 5.99, 6].map((hour) => isWithinHours(at(hour), 20, 6))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(isWithinHours(at(9), 9, 9)).toBe(false);
    expect(isWithinHours(at(9), 8, 10)).toBe(true);
  });
});

describe("the numbers of GB 30871", () => {
  test.each([
    ["special", 8, "senior-manager", 30],
    ["grade-1", 8, "safety-department", 30],
    ["grade-2", 72, "unit", 60],
  ] as const)("%s: %d h, %s, %d min", (grade, hours, role, minutes) => {
    expect(ticketHours(grade, "chemical", policy)).toMatchObject({ hours, clause: { article: "5.1.5" } });
    expect(approverLevel(grade, "chemical")).toMatchObject({ role, clause: { article: "B.1" } });
    expect(breakMinutesWithoutRetest(grade)).toBe(minutes);
  });

  test("a higher role may approve what a lower one may", () => {
    expect(mayApprove("senior-manager", "unit")).toBe(true);
    expect(mayApprove("unit", "safety-department")).toBe(false);
  });

  test.each([
    [3.99, 0.2],
    [4, 0.5],
    [4.01, 0.5],
    [Number.NaN, 0.2],
  ])("a gas of LEL %d vol%% may be at %d vol%%", (lel, volPercent) => {
    expect(gasLimit(lel).volPercent).toBe(volPercent);
  });

  test.each([
    ["ticket", "2026-02-28", "2027-03-01"],
    ["ticket", "2027-03-01", "2028-03-01"],
    ["video", "2026-01-31", "2026-03-03"],
    ["video", "2026-11-23", "2026-12-24"],
  ] as const)("a %s of %s is kept until %s", (record, closed, until) => {
    expect(hotWorkRecordKeptUntil(record, closed)).toBe(until);
  });

  test("elsewhere the region says how long a permit is, and nobody abroad has distances between firms", () => {
    expect(ticketHours("special", "general", { permitHours: 5 })).toMatchObject({
      hours: 5,
      clause: { kind: "policy" },
    });
    expect(approverLevel("special", "crowded-place").role).toBe("unit");
    expect(simopsDistances("us-osha")).toEqual([]);
    const metres = simopsDistances("chemical").map((one) => one.metres);
    expect(metres).toEqual([30, 15, 15, 10, 10]);
    expect(simopsDistances("chemical").every(({ clause }) => clause.verified)).toBe(true);
    expect(simopsDistances("general").every(({ clause }) => clause.kind === "policy")).toBe(true);
  });
});

describe("the smoulder watch", () => {
  test.each([
    ["us-osha", 30, 0, null],
    ["us-nfpa", 60, 0, null],
    ["uk-joint-code", 60, 60, 20],
  ] as const)(
    "of %s is %d min, then %d min, every %s",
    (regime, minutes, checksMinutes, checkEveryMinutes) => {
      const watch = smoulderWatchOf(regime, ["non-combustible"], policy);
      expect(watch).toMatchObject({ minutes, checksMinutes, checkEveryMinutes, clause: { verified: false } });
    },
  );

  test("in China it is the region's, longer where something could smoulder or nobody knows", () => {
    const own = { ...policy, smoulderWatchMinutes: 45 };
    expect(smoulderWatchOf("chemical", ["non-combustible"], own)).toMatchObject({
      minutes: 45,
      checksMinutes: 0,
    });
    for (const materials of [null, ["insulation"] as const])
      expect(smoulderWatchOf("chemical", materials, own)).toMatchObject({ minutes: 45, checksMinutes: 60 });
  });
});

describe("a region's policy on hot work", () => {
  test("takes days, and names the field that is wrong", () => {
    expect(hotWorkPolicy({ version: "330723-1", holidayDays: ["2026-10-01"] })).toMatchObject({
      ok: true,
      policy: { holidayDays: ["2026-10-01"], nightFromHour: 20 },
    });
    for (const [field, value] of [
      ["holidayDays", ["2026-02-30"]],
      ["holidayDays", "2026-10-01"],
      ["holidayDays", new Array(401).fill("2026-10-01")],
      ["nightFromHour", 25],
      ["crowdedPlaceInOpeningHours", "maybe"],
      ["gasLimit", 1],
    ] as const) {
      const made = hotWorkPolicy({ version: "1", [field]: value });
      expect(made.ok ? [] : made.problems.map((problem) => problem.field)).toEqual([field]);
    }
  });
});

test("every work regime has its hot-work rules", () => {
  for (const regime of [
    "general",
    "building-site",
    "special-equipment",
    "chemical",
    "crowded-place",
  ] as const)
    expect(hotWorkRegimes).toContain(hotWorkRegimeOf(regime));
  expect(hotWorkRegimeOf("special-equipment")).toBe("general");
});
