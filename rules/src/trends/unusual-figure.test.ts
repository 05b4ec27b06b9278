import fc from "fast-check";
import { expect, test } from "vitest";
import { unusualFigure, usualRange } from "./unusual-figure.ts";

/** 2026-03-02 is a Monday. */
const noDaysOff = { holidays: [], workingWeekends: [] };
const series = (values: readonly number[], firstDay = "2026-03-02") => ({ firstDay, perDay: 1, values });
/** Four weeks and their Monday: workdays of 20, days off of 3. */
const month = Array.from({ length: 28 }, (_, day) => (day % 7 >= 5 ? 3 : 20));

test("a workday is compared with workdays, a Sunday with days off", () => {
  expect(unusualFigure(series([...month, 20]), noDaysOff)).toBeNull();
  expect(unusualFigure(series([...month, 3]), noDaysOff)).toMatchObject({ direction: "below", days: 20 });
  const sunday = [...month, 20, 20, 20, 20, 20, 3];
  expect(unusualFigure(series([...sunday, 3]), noDaysOff)).toBeNull();
  expect(unusualFigure(series([...sunday, 20]), noDaysOff)).toMatchObject({ direction: "above", seen: 20 });
});

test("says what was expected and what was seen", () => {
  const found = unusualFigure(series([...month, 60]), noDaysOff)!;
  expect(found).toMatchObject({ seen: 60, direction: "above", days: 20 });
  expect(found.middle).toBeCloseTo(20);
  expect([found.low, found.high]).toEqual([8, 37]);
  expect(found.strength).toBeGreaterThan(3.3);
});

test("a holiday counts as a day off", () => {
  expect(
    usualRange(series([...month, 20]), { holidays: ["2026-03-30"], workingWeekends: [] })!.middle,
  ).toBeCloseTo(3);
});

test("too few days of a kind say nothing", () => {
  expect(unusualFigure(series([0, 0, 0, 0, 90]), noDaysOff)).toBeNull();
  expect(() => usualRange({ ...series([1, 2]), perDay: 24 }, noDaysOff)).toThrow(RangeError);
});

test("one alarm where there were none is nothing unusual, a handful is", () => {
  const none = month.map(() => 0);
  expect(unusualFigure(series([...none, 1]), noDaysOff)).toBeNull();
  expect(unusualFigure(series([...none, 9]), noDaysOff)).not.toBeNull();
});

test("a few strange days do not move what is usual", () => {
  const withStorm = month.map((value, day) => (day === 7 || day === 15 ? 400 : value));
  expect(unusualFigure(series([...withStorm, 60]), noDaysOff)).not.toBeNull();
});

test("of any past: the range holds its middle, and a figure within it is not told", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 15, maxLength: 90 }), (values) => {
      const range = usualRange(series(values), noDaysOff);
      if (!range) return;
      expect(range.low).toBeLessThanOrEqual(Math.ceil(range.middle));
      expect(range.high).toBeGreaterThanOrEqual(Math.floor(range.middle));
      const told = unusualFigure(series(values), noDaysOff);
      const seen = values.at(-1)!;
      expect(told === null).toBe(seen >= range.low && seen <= range.high);
    }),
  );
});
