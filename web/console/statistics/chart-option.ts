import type {
  StatisticsAnswer,
  StatisticsDimension,
  StatisticsFigure,
  StatisticsMeasureInfo,
} from "@hanyouxu/api";
import type { ChartOption } from "../ui/chart.tsx";

const TIMES: readonly StatisticsDimension[] = ["minute", "hour", "day", "month"];
/** Lines and bars that people can still tell apart. */
const MOST_SERIES = 8;
const MOST_BARS = 30;
const DAY_MS = 24 * 3_600_000;
const COLOURS = ["#5fb4ff", "#46e3a4", "#ffc069", "#ff8f8f", "#c9a7ff", "#5fe3ff", "#f6f08a", "#ff9ed8"];
const INK = {
  color: "#b8d3ee",
  fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
};

interface Words {
  word: (text: { zh: string; en: string }) => string;
  before: string;
}
interface Series {
  name: string;
  values: (number | null)[];
  isBefore: boolean;
}

/** Lines over time, else bars; undefined where there is nothing to be drawn. Withheld figures leave gaps. */
export function chartOption(
  answer: StatisticsAnswer,
  infos: readonly StatisticsMeasureInfo[],
  words: Words,
): ChartOption | undefined {
  const first = infos[0];
  if (!first || answer.dimensions.length === 0 || answer.rows.length === 0) return undefined;
  const timeAt = answer.dimensions.findIndex((dimension) => TIMES.includes(dimension));
  const isSplit = timeAt >= 0 && answer.dimensions.length > 1;
  const [points, series] = isSplit
    ? splitByOthers(answer, timeAt, words)
    : oneForEachMeasure(answer, infos, timeAt >= 0, words);
  return {
    color: COLOURS,
    textStyle: INK,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    legend: { top: 0, type: "plain", textStyle: INK },
    grid: { left: 8, right: 24, top: series.length > 4 ? 60 : 36, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: points, axisLabel: { ...INK, hideOverlap: true } },
    yAxis: {
      type: "value",
      axisLabel: { ...INK, formatter: first.unit === "percent" ? "{value}%" : "{value}" },
      splitLine: { lineStyle: { color: "#1c4679" } },
      minInterval: first.digits === 0 ? 1 : 0,
    },
    series: series.map(({ name, values, isBefore }) =>
      timeAt >= 0
        ? {
            type: "line" as const,
            name,
            data: values,
            showSymbol: values.length < 40,
            lineStyle: { type: isBefore ? ("dashed" as const) : ("solid" as const) },
          }
        : { type: "bar" as const, name, data: values, barMaxWidth: 36 },
    ),
  };
}

const drawn = (figure: Pick<StatisticsFigure, "value"> | undefined): number | null => figure?.value ?? null;

/** Every day or month of the period; of finer times those that have something. */
function pointsOf({ dimensions, period, rows }: StatisticsAnswer, timeAt: number): string[] {
  const letters = dimensions[timeAt] === "month" ? 7 : 10;
  const known = rows.map(({ keys }) => keys[timeAt]?.value ?? "");
  if (dimensions[timeAt] !== "day" && dimensions[timeAt] !== "month") return [...new Set(known)].sort();
  const points = new Set<string>();
  for (let atMs = Date.parse(period.from); atMs <= Date.parse(period.to); atMs += DAY_MS) {
    points.add(new Date(atMs).toISOString().slice(0, letters));
  }
  return [...points];
}

/** Of the first measure, a line for each value of the other dimensions, the largest of them. */
function splitByOthers(answer: StatisticsAnswer, timeAt: number, { word }: Words): [string[], Series[]] {
  const points = pointsOf(answer, timeAt);
  const lines = new Map<string, { name: string; sum: number; at: Map<string, number | null> }>();
  for (const { keys, figures } of answer.rows) {
    const others = keys.filter((_, at) => at !== timeAt);
    const id = JSON.stringify(others.map(({ value }) => value));
    const line = lines.get(id) ?? {
      name: others.map(({ title }) => word(title)).join(" · "),
      sum: 0,
      at: new Map(),
    };
    lines.set(id, line);
    const value = drawn(figures[0]);
    line.sum += value ?? 0;
    line.at.set(keys[timeAt]?.value ?? "", figures[0]?.isWithheld ? null : value);
  }
  const largest = [...lines.values()].sort((one, other) => other.sum - one.sum).slice(0, MOST_SERIES);
  return [
    points.map((point) => point.replace("T", " ")),
    largest.map(({ name, at }) => ({
      name,
      isBefore: false,
      values: points.map((point) => (at.has(point) ? (at.get(point) ?? null) : 0)),
    })),
  ];
}

/** Every measure in the first one's unit, beside each its period before. */
function oneForEachMeasure(
  answer: StatisticsAnswer,
  infos: readonly StatisticsMeasureInfo[],
  isTime: boolean,
  { word, before }: Words,
): [string[], Series[]] {
  const rows = isTime ? answer.rows : answer.rows.slice(0, MOST_BARS);
  const series = infos.flatMap((info, at): Series[] => {
    if (info.unit !== infos[0]?.unit) return [];
    const name = word(info.title);
    const now = { name, isBefore: false, values: rows.map(({ figures }) => drawn(figures[at])) };
    if (!answer.previousPeriod) return [now];
    const past = rows.map(({ figures }) => drawn(figures[at]?.previous));
    return [now, { name: `${name} · ${before}`, isBefore: true, values: past }];
  });
  return [rows.map(({ keys }) => keys.map(({ title }) => word(title)).join(" · ")), series];
}
