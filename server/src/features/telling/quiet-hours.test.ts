import { expect, test } from "vitest";
import { quietUntilMs } from "./quiet-hours.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ["over midnight, in the evening", "22:00", "07:00", "2026-03-01T22:00", "2026-03-02T07:00"],
  ["over midnight, in the morning", "22:00", "07:00", "2026-03-02T06:59", "2026-03-02T07:00"],
  ["within a day", "12:00", "14:00", "2026-03-02T12:30", "2026-03-02T14:00"],
  ["the whole day", "00:00", "00:00", "2026-03-02T12:30", "2026-03-03T00:00"],
])("quiet hours %s hold until their end", (_what, from, until, now, end) => {
  expect(quietUntilMs({ from, until }, at(now))).toBe(at(end));
});

test.each([
  ["22:00", "07:00", "2026-03-02T07:00"],
  ["22:00", "07:00", "2026-03-02T21:59"],
  ["12:00", "14:00", "2026-03-02T14:00"],
])("from %s until %s nothing is held at %s", (from, until, now) => {
  expect(quietUntilMs({ from, until }, at(now))).toBeUndefined();
});
