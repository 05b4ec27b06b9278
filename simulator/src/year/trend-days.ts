import { createRandom } from "../random.ts";
import { simulateYear } from "./simulate-year.ts";

/** A day of a region that never was (演示). */
export interface TrendDay {
  region: string;
  /** `YYYY-MM-DD` */
  day: string;
  /** Machines at work in each of its hours. */
  workByHour: readonly number[];
  alarms: number;
}

const FIRMS_A_REGION = 12;
const DAY_MS = 86_400_000;

/** The days of each region before `onDay`, as a simulated year goes. */
export function trendDays(
  seed: number,
  { regions, onDay, days }: { regions: readonly string[]; onDay: string; days: number },
): TrendDay[] {
  const firstDay = new Date(Date.parse(onDay) - days * DAY_MS).toISOString().slice(0, 10);
  return regions.flatMap((region) => {
    const own = Math.floor(createRandom(`${seed}/trend/${region}`).next() * 1e9);
    const year = simulateYear(own, { firms: FIRMS_A_REGION, regions: 1, firstDay, days });
    return year.alarmsByDay.map((alarms, index) => ({
      region,
      day: new Date(Date.parse(firstDay) + index * DAY_MS).toISOString().slice(0, 10),
      workByHour: year.workByHour.slice(index * 24, index * 24 + 24),
      alarms,
    }));
  });
}
