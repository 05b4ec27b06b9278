import { expect, test } from "vitest";
import { keyAreaKinds, keyAreaKindTitles, regimeOfKind } from "./key-area-kind.ts";
import { defaultKeyAreaPolicy } from "./key-area-policy.ts";
import { forbiddenPeriod, isKeyAreaInForce, isOpenToPublic } from "./key-area-validity.ts";

/** An instant by the clock on a wall in Shanghai. */
const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);
/** 2026-03-02 is a Monday. */
const monday = "2026-03-02";
const weekdays = [1, 2, 3, 4, 5];

test("every kind has a title, a regime and a policy that is strictest where the public is", () => {
  for (const kind of keyAreaKinds) {
    expect(keyAreaKindTitles[kind].zh.length).toBeGreaterThan(1);
    const { workWhileOpen, demands } = defaultKeyAreaPolicy(kind);
    expect(workWhileOpen === "forbidden").toBe(regimeOfKind(kind) === "crowded-place");
    expect(demands.permit).toBe(true);
  }
  expect(regimeOfKind("hospital")).toBe("crowded-place");
  expect(regimeOfKind("fuel-station")).toBe("chemical");
  expect(regimeOfKind("construction-site")).toBe("building-site");
  expect(regimeOfKind("other")).toBe("general");
});

test("an area counts from its first instant up to, not including, its last", () => {
  const validity = { from: "2026-03-01T16:00:00Z", until: "2026-03-02T16:00:00Z" };
  expect(isKeyAreaInForce(validity, at(monday, "00:00") - 1)).toBe(false);
  expect(isKeyAreaInForce(validity, at(monday, "00:00"))).toBe(true);
  expect(isKeyAreaInForce(validity, at("2026-03-03", "00:00") - 1)).toBe(true);
  expect(isKeyAreaInForce(validity, at("2026-03-03", "00:00"))).toBe(false);
  expect(isKeyAreaInForce({ from: null, until: null }, 0)).toBe(true);
});

test("the public is inside within the hours of the day, by the clock of Shanghai", () => {
  const validity = { openingHours: [{ weekdays, opensAt: "08:30", closesAt: "22:00" }], specialPeriods: [] };
  const isOpen = (day: string, time: string) => isOpenToPublic(validity, at(day, time));
  expect(isOpen(monday, "08:29")).toBe(false);
  expect(isOpen(monday, "08:30")).toBe(true);
  expect(isOpen(monday, "21:59")).toBe(true);
  expect(isOpen(monday, "22:00")).toBe(false);
  expect(isOpen("2026-03-01", "12:00")).toBe(false);
});

test("hours past midnight belong to the day on which they begin", () => {
  const openingHours = [{ weekdays: [5], opensAt: "18:00", closesAt: "02:00" }];
  const isOpen = (day: string, time: string) =>
    isOpenToPublic({ openingHours, specialPeriods: [] }, at(day, time));
  expect(isOpen("2026-03-06", "17:59")).toBe(false);
  expect(isOpen("2026-03-06", "23:30")).toBe(true);
  expect(isOpen("2026-03-07", "01:59")).toBe(true);
  expect(isOpen("2026-03-07", "02:00")).toBe(false);
  expect(isOpen("2026-03-07", "23:30")).toBe(false);
});

test("24:00 closes at midnight, and equal times are the whole day", () => {
  const hours = (opensAt: string, closesAt: string) => ({
    openingHours: [{ weekdays: [1], opensAt, closesAt }],
    specialPeriods: [],
  });
  expect(isOpenToPublic(hours("08:00", "24:00"), at(monday, "23:59"))).toBe(true);
  expect(isOpenToPublic(hours("08:00", "24:00"), at("2026-03-03", "00:00"))).toBe(false);
  expect(isOpenToPublic(hours("00:00", "00:00"), at(monday, "12:00"))).toBe(true);
  expect(isOpenToPublic(hours("06:00", "06:00"), at("2026-03-03", "05:59"))).toBe(true);
});

test("a special period shuts the place or forbids hot work, both days included", () => {
  const period = (rule: "forbidden" | "closed") => ({
    name: "演示",
    fromDay: monday,
    untilDay: "2026-03-03",
    rule,
  });
  const openingHours = [{ weekdays: [1, 2, 3], opensAt: "08:00", closesAt: "20:00" }];
  const shut = { openingHours, specialPeriods: [period("closed")] };
  expect(isOpenToPublic(shut, at("2026-03-03", "12:00"))).toBe(false);
  expect(isOpenToPublic(shut, at("2026-03-04", "12:00"))).toBe(true);
  expect(forbiddenPeriod(shut, at(monday, "12:00"))).toBeUndefined();
  const forbidden = { specialPeriods: [period("forbidden")] };
  expect(forbiddenPeriod(forbidden, at("2026-03-03", "23:59"))?.name).toBe("演示");
  expect(forbiddenPeriod(forbidden, at("2026-03-04", "00:00"))).toBeUndefined();
  expect(isOpenToPublic({ openingHours, ...forbidden }, at(monday, "12:00"))).toBe(true);
});
