import { expect, test } from "vitest";
import { trendDays } from "./trend-days.ts";

const asked = { regions: ["330723100", "330723101"], onDay: "2026-11-27", days: 30 };

test("every region has every day before, each the same again of the same seed", () => {
  const days = trendDays(5, asked);
  expect(days).toHaveLength(60);
  expect([days[0]!.day, days[29]!.day]).toEqual(["2026-10-28", "2026-11-26"]);
  for (const { workByHour } of days) expect(workByHour).toHaveLength(24);
  expect(trendDays(5, asked)).toEqual(days);
  expect(trendDays(6, asked)).not.toEqual(days);
  expect(days[0]!.workByHour).not.toEqual(days[30]!.workByHour);
});
