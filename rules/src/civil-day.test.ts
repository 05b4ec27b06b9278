import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, isCivilDay, shanghaiDay, shanghaiDayStartMs } from "./civil-day.ts";

describe("civil days in Shanghai", () => {
  test("a day begins at 16:00 UTC of the day before", () => {
    expect(shanghaiDay(Date.UTC(2026, 10, 22, 15, 59, 59, 999))).toBe("2026-11-22");
    expect(shanghaiDay(Date.UTC(2026, 10, 22, 16))).toBe("2026-11-23");
    expect(shanghaiDayStartMs("2026-11-23")).toBe(Date.UTC(2026, 10, 22, 16));
  });

  test("they agree with the calendar of Intl at any instant", () => {
    const format = new Intl.DateTimeFormat("en-CA", { timeZone: "Etc/GMT-8", dateStyle: "short" });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2399, 11, 31) }), (atMs) => {
        expect(shanghaiDay(atMs)).toBe(format.format(atMs));
      }),
    );
  });

  test("leap days exist when the Gregorian calendar has them", () => {
    expect(isCivilDay("2024-02-29")).toBe(true);
    expect(isCivilDay("2000-02-29")).toBe(true);
    expect(isCivilDay("2023-02-29")).toBe(false);
    expect(isCivilDay("1900-02-29")).toBe(false);
    for (const no of ["", "2026-13-01", "2026-00-01", "2026-04-31", "2026-4-1", "2026-01-00", "20260101"]) {
      expect(isCivilDay(no)).toBe(false);
    }
  });

  test("adding days and counting them are inverse", () => {
    const day = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(shanghaiDay);
    fc.assert(
      fc.property(day, fc.integer({ min: -3000, max: 3000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });
});
