import type { AlarmSummary } from "@hanyouxu/api";
import { dateTime, duration } from "./format.ts";

/** How a number is said, by what its name ends in. */
const UNITS: readonly (readonly [ending: RegExp, say: (value: number) => string])[] = [
  [/LelPermillePerMinute$/, (value) => `${value / 10} %LEL/min`],
  [/LelPermille$/, (value) => `${value / 10} %LEL`],
  [/LelPercent$/, (value) => `${value} %LEL`],
  [/Deciamps$/, (value) => `${value / 10} A`],
  [/Amps$/, (value) => `${value} A`],
  [/celsius$/i, (value) => `${value} °C`],
  [/kilometresPerHour$/i, (value) => `${value} km/h`],
  [/metres/i, (value) => `${value} m`],
  [/^(from|to|.*At)Ms$/, (value) => dateTime(new Date(value).toISOString())],
  [/Ms$/, (value) => duration(Math.abs(value))],
  [/Seconds$/, (value) => duration(value * 1_000)],
  [/WattHours$/i, (value) => `${value} Wh`],
  [/Minutes$/, (value) => `${value} min`],
];

/** A number with its unit, or a name or code as the platform says it. */
export interface AlarmFigure {
  name: string;
  value: string;
}

/**
 * The numbers and names that came with an alarm, with their units;
 * a switch says nothing that the kind does not, an id nothing to a person.
 */
export function alarmFigures(data: AlarmSummary["data"]): AlarmFigure[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === null || typeof value === "boolean" || name.endsWith("Id")) return [];
    if (typeof value === "string") return [{ name, value }];
    const unit = UNITS.find(([ending]) => ending.test(name));
    return [{ name, value: unit ? unit[1](value) : String(value) }];
  });
}
