import { addDays } from "../civil-day.ts";
import { type DaySeries, type DaysOff, dayKindOf, daysIn } from "./day-series.ts";

/** Between what a day's figure was expected, and from what. */
export interface UsualRange {
  low: number;
  high: number;
  /** The middle of the days compared. */
  middle: number;
  /** How many days of the same kind it was compared with. */
  days: number;
}

/** What was found of a day's figure. */
export interface UnusualFigure extends UsualRange {
  seen: number;
  direction: "above" | "below";
  /** How far outside, in the figure's own usual spread; more is stranger. */
  strength: number;
}

const DAYS_LOOKED_BACK = 56;
/** Fewer days of the same kind say nothing. */
const LEAST_DAYS = 8;
/** Spreads away from the middle. Of honest days about one in a thousand lies beyond. */
const MOST_SPREADS = 3.3;
/** The median absolute deviation of a normal distribution, as its standard deviation. */
const MAD_TO_DEVIATION = 1.4826;

// Anscombe 1948: of counts by chance, this has a deviation of one whatever their mean; so a rare thing has a fair range too.
const rooted = (count: number) => 2 * Math.sqrt(Math.max(0, count) + 3 / 8);
const unrooted = (root: number) => (Math.max(0, root) / 2) ** 2 - 3 / 8;

/**
 * The range of the last day of a daily series by the days of the same kind (workdays; days off) before it: their median and
 * its spread, which a few strange days do not move. Null: too few such days are known.
 */
export function usualRange(series: DaySeries, daysOff: DaysOff): UsualRange | null {
  if (series.perDay !== 1) throw new RangeError("of days only");
  const last = daysIn(series) - 1;
  if (last < 1) return null;
  const isOff = (at: number) => isDayOff(series, at, daysOff);
  const same: number[] = [];
  for (let at = last - 1; at >= 0 && at >= last - DAYS_LOOKED_BACK; at--) {
    if (isOff(at) === isOff(last)) same.push(rooted(series.values[at]!));
  }
  if (same.length < LEAST_DAYS) return null;
  const middle = median(same);
  const spread = spreadOf(same, middle);
  return {
    low: Math.max(0, Math.ceil(unrooted(middle - MOST_SPREADS * spread))),
    high: Math.max(0, Math.floor(unrooted(middle + MOST_SPREADS * spread))),
    middle: Math.max(0, unrooted(middle)),
    days: same.length,
  };
}

/** The last day of a daily series, where it lies outside its usual range; null: it does not, or nothing is known. */
export function unusualFigure(series: DaySeries, daysOff: DaysOff): UnusualFigure | null {
  const range = usualRange(series, daysOff);
  if (!range) return null;
  const seen = series.values.at(-1)!;
  if (seen >= range.low && seen <= range.high) return null;
  const direction = seen > range.high ? "above" : "below";
  const edge = direction === "above" ? range.high : range.low;
  const distance = Math.abs(rooted(seen) - rooted(edge));
  return { ...range, seen, direction, strength: MOST_SPREADS + distance };
}

function isDayOff(series: DaySeries, at: number, daysOff: DaysOff): boolean {
  const kind = dayKindOf(addDays(series.firstDay, at), daysOff);
  return kind.kind === "holiday" || (kind.kind === "ordinary" && (kind.weekday === 0 || kind.weekday === 6));
}

function spreadOf(roots: readonly number[], middle: number): number {
  return Math.max(1, MAD_TO_DEVIATION * median(roots.map((root) => Math.abs(root - middle))));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
