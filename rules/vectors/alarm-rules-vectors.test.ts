import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type AlarmPolicy,
  areInTwoPlaces,
  certificateEnding,
  type GasTrend,
  impossibleTravel,
  isGasRising,
  isNight,
  type PermitOfWork,
  type PermitProblem,
  permitProblem,
  type Sighting,
  type WorkSpan,
  workingTimeMs,
  workOfDay,
} from "../src/index.ts";

type Range = [number, number];
interface Vectors {
  impossibleTravel: {
    name: string;
    one: Sighting;
    other: Sighting;
    policy: AlarmPolicy;
    expected: { metres: Range; kilometresPerHour: Range | null } | null;
  }[];
  twoPlaces: {
    name: string;
    one: Sighting;
    other: Sighting;
    wasApart: boolean;
    policy: AlarmPolicy;
    expected: boolean;
  }[];
  workOfDay: {
    name: string;
    spans: WorkSpan[];
    nowMs: number;
    expected: { workedMs: number; arcMs: number };
  }[];
  night: { name: string; atMs: number; policy: AlarmPolicy; expected: boolean }[];
  workingTime: { name: string; fromMs: number; toMs: number; policy: AlarmPolicy; expectedMs: number }[];
  permit: {
    name: string;
    work: Parameters<typeof permitProblem>[0];
    permit: PermitOfWork | null;
    graceMinutes: number;
    nowMs: number;
    expected: PermitProblem | null;
  }[];
  certificateEnding: {
    name: string;
    validToDay: string;
    reviewDueDay: string | null;
    today: string;
    policy: AlarmPolicy;
    expected: { daysLeft: number; isUrgent: boolean } | null;
  }[];
  risingGas: {
    name: string;
    isRising: boolean;
    permillePerMinute: number;
    wasRising: boolean;
    expected: boolean;
  }[];
}
const vectors: Vectors = JSON.parse(readFileSync(new URL("alarm-rules.json", import.meta.url), "utf8"));

const expectWithin = (value: number | null | undefined, [least, most]: Range) => {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
};

describe("rules of alarms", () => {
  test.each(vectors.impossibleTravel)("travel: $name", ({ one, other, policy, expected }) => {
    const travel = impossibleTravel(one, other, policy);
    if (!expected) {
      expect(travel).toBeNull();
      return;
    }
    expectWithin(travel?.metres, expected.metres);
    if (expected.kilometresPerHour === null) expect(travel?.kilometresPerHour).toBeNull();
    else expectWithin(travel?.kilometresPerHour, expected.kilometresPerHour);
  });

  test.each(vectors.twoPlaces)("two places: $name", ({ one, other, policy, wasApart, expected }) => {
    expect(areInTwoPlaces(one, other, policy, wasApart)).toBe(expected);
  });

  test.each(vectors.workOfDay)("a day's work: $name", ({ spans, nowMs, expected }) => {
    expect(workOfDay(spans, nowMs)).toEqual(expected);
    expect(workOfDay(spans.toReversed(), nowMs)).toEqual(expected);
  });

  test.each(vectors.night)("night: $name", ({ atMs, policy, expected }) => {
    expect(isNight(policy, atMs)).toBe(expected);
  });

  test.each(vectors.workingTime)("working time: $name", ({ fromMs, toMs, policy, expectedMs }) => {
    expect(workingTimeMs(fromMs, toMs, policy)).toBe(expectedMs);
  });

  test.each(vectors.permit)("permit: $name", ({ work, permit, graceMinutes, nowMs, expected }) => {
    expect(permitProblem(work, permit ?? undefined, graceMinutes, nowMs) ?? null).toBe(expected);
  });

  test.each(vectors.certificateEnding)("certificate: $name", ({ today, policy, expected, ...days }) => {
    expect(certificateEnding(days, today, policy)).toEqual(expected);
  });

  test.each(vectors.risingGas)("gas: $name", ({ wasRising, expected, ...trend }) => {
    expect(isGasRising(trend as unknown as GasTrend, wasRising)).toBe(expected);
  });
});
