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
      kilometresPerHour: 320,
      metres: 5_000,
      gasLelPermillePerMinute: 8,
    }),
  ).toEqual([
    { name: "gasLelPermille", value: "21.3 %LEL" },
    { name: "currentDeciamps", value: "120.4 A" },
    { name: "celsius", value: "82 °C" },
    { name: "peripheral", value: "gnss" },
    { name: "wattHours", value: "420 Wh" },
    { name: "kilometresPerHour", value: "320 km/h" },
    { name: "metres", value: "5000 m" },
    { name: "gasLelPermillePerMinute", value: "0.8 %LEL/min" },
  ]);
});

test("what was not measured and what is only on or off says nothing", () => {
  expect(alarmFigures({ raised: true, workSessionId: "0d", gasLelPermille: null })).toEqual([]);
});
