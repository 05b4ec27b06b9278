import type { Forecast } from "@hanyouxu/api";

/** One figure of the chart and of its table. */
export interface ForecastRow {
  key: number;
  /** `11-27 08:00`, or `11-27` of days. */
  at: string;
  seen: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
}

const HOUR_MS = 3_600_000;

/** What was and what is to come, in one row of figures. */
export function forecastRows({ perDay, seen, expected }: Forecast): ForecastRow[] {
  const step = (24 / perDay) * HOUR_MS;
  const startMs = Date.parse(seen.firstDay);
  const at = (index: number) => {
    // Days of Shanghai are read as such, whatever the reader's clock: UTC throughout.
    const iso = new Date(startMs + index * step).toISOString();
    return perDay === 1 ? iso.slice(5, 10) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
  };
  const none = { seen: null, value: null, low: null, high: null };
  return [
    ...seen.values.map((value, index) => ({ ...none, key: index, at: at(index), seen: value })),
    ...(expected?.values ?? []).map((figure, index) => {
      const key = seen.values.length + index;
      return { ...none, key, at: at(key), ...figure };
    }),
  ];
}
