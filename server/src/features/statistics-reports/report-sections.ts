import type { StatisticsAnswer, StatisticsFigure, StatisticsMeasure } from "@hanyouxu/api";
import { dimensionTitles, measures } from "../statistics/statistics.ts";
import type { ReportCell, ReportChart, ReportFigure, ReportSection } from "./report.ts";
import type { ReportWords } from "./report-words.ts";

/** Bars that can still be told apart on a page; the table has all rows. */
const MOST_BARS = 12;
/** Rows of one table; what is over is counted in a note. */
export const MOST_ROWS = 300;
const TIMES = ["hour", "day", "month"];

export function figureOf(
  key: StatisticsMeasure,
  { value, isWithheld }: Omit<StatisticsFigure, "previous">,
): ReportFigure {
  return { value, isWithheld, digits: measures[key].digits, unit: measures[key].unit };
}

export const measureHead = (key: StatisticsMeasure, words: ReportWords): string =>
  `${words.word(measures[key].title)}${words.unit(measures[key].unit)}`;

/** An answer as a table with its totals, and a chart of the measures that are drawn. */
export function sectionOf(
  title: string,
  answer: StatisticsAnswer,
  drawn: readonly StatisticsMeasure[],
  words: ReportWords,
): ReportSection {
  const rows = answer.rows.map(({ keys, figures }): ReportCell[] => [
    ...keys.map((key) => words.word(key.title)),
    ...figures.map((figure, at) => figureOf(answer.measures[at]!, figure)),
  ]);
  const totals = answer.totals.map((figure, at) => figureOf(answer.measures[at]!, figure));
  const blank = answer.dimensions.map((_, at) => (at === 0 ? words.pick("合计", "total") : null));
  return {
    title,
    notes: notesOf(answer, words),
    chart: chartOf(answer, drawn, words),
    heads: [
      ...answer.dimensions.map((dimension) => words.word(dimensionTitles[dimension])),
      ...answer.measures.map((key) => measureHead(key, words)),
    ],
    rows: [...rows, [...blank, ...totals]],
  };
}

function notesOf({ rows, rowsLeftOut }: StatisticsAnswer, { pick }: ReportWords): string[] {
  return [
    ...(rows.length === 0 ? [pick("本期没有数据。", "There is no data for this period.")] : []),
    ...(rowsLeftOut > 0
      ? [pick(`另有 ${rowsLeftOut} 行未列出。`, `${rowsLeftOut} more rows are left out.`)]
      : []),
  ];
}

/** Lines over time, else bars of the first rows; undefined where there is nothing to draw. */
function chartOf(
  { dimensions, measures: asked, rows }: StatisticsAnswer,
  drawn: readonly StatisticsMeasure[],
  { word }: ReportWords,
): ReportChart | undefined {
  const isTime = dimensions.length === 1 && TIMES.includes(dimensions[0]!);
  const shown = isTime ? rows : rows.slice(0, MOST_BARS);
  const series = drawn
    .filter((key) => asked.includes(key))
    .map((key) => ({
      name: word(measures[key].title),
      values: shown.map(({ figures }) => figures[asked.indexOf(key)]?.value ?? null),
    }));
  const isEmpty = series.every(({ values }) => values.every((value) => !value));
  if (shown.length === 0 || isEmpty) return undefined;
  return {
    kind: isTime ? "lines" : "bars",
    labels: shown.map(({ keys }) => keys.map(({ title }) => word(title)).join(" · ")),
    series,
  };
}
