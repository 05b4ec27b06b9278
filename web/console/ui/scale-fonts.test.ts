import { expect, test } from "vitest";
import { scaleFonts } from "./scale-fonts.ts";

test("letters grow with the screen, wherever in a chart they are, and nothing else does", () => {
  const option = {
    grid: { top: 30 },
    xAxis: { axisLabel: { fontSize: 12 } },
    series: [{ label: { fontSize: 10 } }, null],
  };
  expect(scaleFonts(option, 2)).toEqual({
    grid: { top: 30 },
    xAxis: { axisLabel: { fontSize: 24 } },
    series: [{ label: { fontSize: 20 } }, null],
  });
  expect(option.xAxis.axisLabel.fontSize).toBe(12);
  expect(scaleFonts(option, 1)).toBe(option);
});
