import { describe, expect, test } from "vitest";
import type { Cell } from "../../sheets/cell.ts";
import { hasUsccForm, isIdentityNumber, isUsccCheckRight } from "./identifiers.ts";
import { RowReader } from "./row-reader.ts";

const reader = (cell: Cell) => new RowReader(2, [cell], new Map([["it", 0]]));

describe("a cell", () => {
  test.each([
    ["2025-01-31", "2025-01-31"],
    ["2025/1/31", "2025-01-31"],
    ["2025.1.31", "2025-01-31"],
    ["2025年1月31日", "2025-01-31"],
    ["20250131", "2025-01-31"],
    ["２０２５－０１－３１", "2025-01-31"],
    [45_688, "2025-01-31"],
    ["45688", "2025-01-31"],
    ["2025-02-30", undefined],
    ["明天", undefined],
    [1, undefined],
  ])("%j is the day %j", (cell, day) => {
    const row = reader(cell);
    expect(row.day("it")).toBe(day);
    expect(row.issues.map(({ code }) => code)).toEqual(day ? [] : ["day_invalid"]);
  });

  test("of eighteen digits stored as a number has lost some, and says so; fifteen are kept", () => {
    const row = reader(330_723_180_001_010_000);
    expect(row.text("it")).toBeUndefined();
    expect(row.issues[0]!.code).toBe("digits_lost");
    expect(reader(13_900_000_000).text("it")).toBe("13900000000");
  });

  test("is trimmed, and refused when it is too long, empty but needed, or holds control characters", () => {
    expect(reader("  甲  ").text("it")).toBe("甲");
    for (const [cell, code] of [
      ["甲".repeat(101), "too_long"],
      ["  ", "required"],
      ["a\u0000b", "bad_characters"],
    ] as const) {
      const row = reader(cell);
      expect(row.text("it", { isNeeded: true })).toBeUndefined();
      expect(row.issues).toMatchObject([{ columnKey: "it", code }]);
    }
  });

  test("keeps an error rather than a warning", () => {
    const row = reader("x");
    row.wrong("it", "uscc_check");
    expect(row.hasErrors()).toBe(false);
    row.wrong("it", "duplicate_in_file", { row: 1 });
    row.wrong("it", "uscc_check");
    expect(row.issues).toEqual([{ columnKey: "it", code: "duplicate_in_file", details: { row: 1 } }]);
  });
});

test("identity numbers and credit codes are checked as their standards say", () => {
  expect(isIdentityNumber("11010519491231002X")).toBe(true);
  for (const wrong of ["110105194912310021", "11010519491331002X", "1101051949123100", "11010519491231002x"])
    expect(isIdentityNumber(wrong)).toBe(false);
  expect(hasUsccForm("91350100M000100Y43") && isUsccCheckRight("91350100M000100Y43")).toBe(true);
  expect(isUsccCheckRight("91350100M000100Y44")).toBe(false);
  expect(hasUsccForm("91350100I000100Y43")).toBe(false);
});
