import type { StatisticsFigure, StatisticsMeasureInfo } from "@hanyouxu/api";

type Value = Omit<StatisticsFigure, "previous">;

/** `1,234.5`; a dash where there is nothing to divide by; undefined: withheld. */
export function figureText({ value, isWithheld }: Value, info: StatisticsMeasureInfo): string | undefined {
  if (isWithheld) return undefined;
  if (value === null) return "–";
  const number = value.toLocaleString("en-US", {
    minimumFractionDigits: info.digits,
    maximumFractionDigits: info.digits,
  });
  return info.unit === "percent" ? `${number}%` : number;
}

/** How much it has changed: of shares in points, of everything else in percent; undefined: it cannot be said. */
export function changeText(
  { value, previous }: StatisticsFigure,
  info: StatisticsMeasureInfo,
): string | undefined {
  if (value === null || !previous || previous.value === null) return undefined;
  const difference = value - previous.value;
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
  if (info.unit === "percent") return `${sign}${Math.abs(difference).toFixed(1)} pp`;
  if (previous.value === 0) return difference === 0 ? "±0%" : undefined;
  return `${sign}${Math.abs((100 * difference) / previous.value).toFixed(1)}%`;
}
