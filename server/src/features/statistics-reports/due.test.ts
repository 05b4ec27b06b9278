import { expect, test } from "vitest";
import { firstDueMs, monthBefore, nextDueMs } from "./due.ts";

const at = (iso: string) => Date.parse(iso);
const text = (ms: number) => new Date(ms).toISOString();

test("the first is due on the next such day of Shanghai, at six there", () => {
  expect(text(firstDueMs(at("2026-03-01T00:00:00Z"), 5))).toBe("2026-03-04T22:00:00.000Z");
  expect(text(firstDueMs(at("2026-03-04T21:59:59Z"), 5))).toBe("2026-03-04T22:00:00.000Z");
  expect(text(firstDueMs(at("2026-03-04T22:00:00Z"), 5))).toBe("2026-04-04T22:00:00.000Z");
  // 17:00 UTC on the last day of the year is New Year in Shanghai.
  expect(text(firstDueMs(at("2026-12-31T17:00:00Z"), 1))).toBe("2026-12-31T22:00:00.000Z");
});

test("each is of the calendar month before it is due, and the next follows a month later", () => {
  const due = at("2026-12-31T22:00:00Z");
  expect(monthBefore(due)).toBe("2026-12");
  expect(text(nextDueMs(due, 1))).toBe("2027-01-31T22:00:00.000Z");
  // Asked for in the middle of a month: the next comes on its day.
  expect(text(nextDueMs(at("2026-03-20T04:00:00Z"), 28))).toBe("2026-04-27T22:00:00.000Z");
});
