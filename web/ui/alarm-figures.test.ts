import { expect, test } from "vitest";
import { alarmFigures } from "./alarm-figures.ts";

test("the figures of an alarm carry their units, gas as %LEL", () => {
  expect(
    alarmFigures({
      gasLelPermille: 213,
      currentDeciamps: 1_204,
      celsius: 82,
      peripheral: "gnss",
      wattHours: 420,
    }),
  ).toEqual([
    { name: "gasLelPermille", value: "21.3 %LEL" },
    { name: "currentDeciamps", value: "120.4 A" },
    { name: "celsius", value: "82 °C" },
    { name: "peripheral", value: "gnss" },
    { name: "wattHours", value: "420 Wh" },
  ]);
});

test("what was not measured and what is only on or off says nothing", () => {
  expect(alarmFigures({ raised: true, workSessionId: "0d", gasLelPermille: null })).toEqual([]);
});
