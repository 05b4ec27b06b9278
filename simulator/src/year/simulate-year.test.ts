import { beforeAll, expect, test } from "vitest";
import { type SimulatedYear, simulateYear } from "./simulate-year.ts";
import { YEAR_DAYS, YEAR_FIRST_DAY, yearHolidays } from "./year-calendar.ts";

const SMALL = { firms: 40, regions: 4 };
let year: SimulatedYear;
beforeAll(() => {
  year = simulateYear(7, SMALL);
});

test("a seed is a year: the same again, another of another seed, all of it marked as a demonstration", () => {
  expect(simulateYear(7, SMALL)).toEqual(year);
  expect(simulateYear(8, SMALL).workByHour).not.toEqual(year.workByHour);
  for (const { name, region } of year.firms)
    expect([name, region].every((text) => text.startsWith("演示"))).toBe(true);
});

test("hours and days add up to what the firms did", () => {
  expect(year.workByHour).toHaveLength(YEAR_DAYS * 24);
  const hours = year.firmDays.flat().reduce((sum, { machineHours }) => sum + machineHours, 0);
  expect(year.workByHour.reduce((sum, value) => sum + value, 0)).toBe(hours);
  const alarms = year.firmDays.flat().reduce((sum, day) => sum + day.alarms, 0);
  expect(year.alarmsByDay.reduce((sum, value) => sum + value, 0)).toBe(alarms);
  for (const day of year.firmDays.flat()) {
    expect(Math.min(...Object.values(day))).toBeGreaterThanOrEqual(0);
    expect(day.repeatedAlarms).toBeLessThanOrEqual(day.alarms);
  }
});

test("Spring Festival is the quietest week, and nights are quieter than days", () => {
  const day = (at: number) =>
    year.workByHour.slice(at * 24, at * 24 + 24).reduce((sum, value) => sum + value, 0);
  const festival = (Date.parse("2026-02-17") - Date.parse(YEAR_FIRST_DAY)) / 86_400_000;
  const usual = day(festival - 42);
  expect(yearHolidays).toContain("2026-02-17");
  expect(day(festival)).toBeLessThan(usual / 5);
  const at = (hour: number) =>
    year.workByHour.filter((_, index) => index % 24 === hour).reduce((a, b) => a + b, 0);
  expect(at(3)).toBeLessThan(at(10) / 4);
});

test("dangerous firms have the incidents, whoever has the alarms", () => {
  const incidents = year.firms.map((_, index) =>
    year.firmDays[index]!.reduce((sum, day) => sum + day.incidents, 0),
  );
  const all = incidents.reduce((sum, count) => sum + count, 0);
  const hidden = (index: number) =>
    0.8 * year.firms[index]!.danger -
    0.55 * year.firms[index]!.discipline +
    0.56 * Math.log(year.firms[index]!.machines);
  const order = incidents.map((_, index) => index).sort((one, other) => hidden(other) - hidden(one));
  const ofFirstHalf = order.slice(0, 20).reduce((sum, index) => sum + incidents[index]!, 0);
  expect(all).toBeGreaterThan(20);
  expect(ofFirstHalf / all).toBeGreaterThan(0.65);
});
