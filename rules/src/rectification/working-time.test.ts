import { expect, test } from "vitest";
import { addWorkingHours, isWorkingDay, type WorkCalendar } from "./working-time.ts";

const calendar: WorkCalendar = {
  fromHour: 9,
  untilHour: 17,
  holidays: ["2026-03-04"],
  workingWeekends: ["2026-03-08"],
};
const at = (text: string) => Date.parse(`${text}:00+08:00`);

test.each([
  ["2026-03-02", true],
  ["2026-03-04", false],
  ["2026-03-07", false],
  ["2026-03-08", true],
])("%s is worked: %s", (day, expected) => {
  expect(isWorkingDay(day, calendar)).toBe(expected);
});

test.each([
  ["within a day", "2026-03-02T10:00", 3, "2026-03-02T13:00"],
  ["up to the end of a day", "2026-03-02T10:00", 7, "2026-03-02T17:00"],
  ["over a night", "2026-03-02T16:00", 2, "2026-03-03T10:00"],
  ["over a holiday", "2026-03-03T16:30", 1, "2026-03-05T09:30"],
  ["over a weekend of which Sunday is worked", "2026-03-06T17:00", 8, "2026-03-08T17:00"],
  ["asked at night", "2026-03-02T03:00", 1, "2026-03-02T10:00"],
  ["asked on a day off", "2026-03-07T12:00", 9, "2026-03-09T10:00"],
])("working hours %s", (_name, from, hours, until) => {
  expect(new Date(addWorkingHours(at(from), hours, calendar))).toEqual(new Date(at(until)));
});

test("a calendar that is never worked is refused", () => {
  expect(() => addWorkingHours(at("2026-03-02T10:00"), 1, { ...calendar, untilHour: 9 })).toThrow(RangeError);
});
