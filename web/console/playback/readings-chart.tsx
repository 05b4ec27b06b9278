import { useTranslation } from "react-i18next";
import { timeOfDay } from "../../ui/format.ts";

export interface Curve {
  name: string;
  unit: string;
  /** Of each sample; null: not measured. */
  values: readonly (number | null)[];
}

interface Props {
  curve: Curve;
  timesMs: readonly number[];
  fromMs: number;
  toMs: number;
  /** The moment that is looked at, its value, and when the alarm was that it is about. */
  atMs: number;
  value: number | null;
  alarmMs: number | null;
}

const WIDTH = 600;
const HEIGHT = 80;

/** One quantity over the time, from nothing to its most; broken where nothing was measured for two minutes. */
export function ReadingsChart({ curve, timesMs, fromMs, toMs, atMs, value, alarmMs }: Props) {
  const { t } = useTranslation();
  const most = curve.values.reduce<number>((max, one) => Math.max(max, one ?? 0), 0);
  const x = (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * WIDTH;
  const y = (one: number) => HEIGHT - 2 - (most > 0 ? Math.max(0, one) / most : 0) * (HEIGHT - 6);
  const words = t("console.playback.curve", {
    name: curve.name,
    most: `${rounded(most)} ${curve.unit}`,
    from: timeOfDay(new Date(fromMs).toISOString()),
    to: timeOfDay(new Date(toMs).toISOString()),
  });
  return (
    <figure className="readings-chart">
      <figcaption>
        {curve.name} <strong>{value === null ? "–" : `${rounded(value)} ${curve.unit}`}</strong>{" "}
        <span className="soft small">
          {t("console.playback.most")} {rounded(most)} {curve.unit}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        {alarmMs === null ? null : (
          <line className="chart-alarm" x1={x(alarmMs)} x2={x(alarmMs)} y1={0} y2={HEIGHT} />
        )}
        {linesOf(curve.values, timesMs).map((line) => (
          <polyline key={line[0]!.ms} points={line.map(({ ms, one }) => `${x(ms)},${y(one)}`).join(" ")} />
        ))}
        <line className="chart-at" x1={x(atMs)} x2={x(atMs)} y1={0} y2={HEIGHT} />
      </svg>
    </figure>
  );
}

const GAP_MS = 120_000;

function linesOf(values: Curve["values"], timesMs: readonly number[]): { ms: number; one: number }[][] {
  const lines: { ms: number; one: number }[][] = [];
  for (const [index, one] of values.entries()) {
    if (one === null) continue;
    const ms = timesMs[index]!;
    const last = lines.at(-1)?.at(-1);
    if (last && ms - last.ms <= GAP_MS) lines.at(-1)!.push({ ms, one });
    else lines.push([{ ms, one }]);
  }
  return lines;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
