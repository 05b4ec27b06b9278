import type { Language, StatisticsAnswer, StatisticsFigure } from "@hanyouxu/api";
import type { Text } from "@hanyouxu/rules";
import type { ExportTable } from "../exports/exports.ts";
import { measures } from "./measures.ts";
import { dimensionTitles } from "./titles.ts";

/** An answer as people take it away, with its totals in the last row. */
export function answerTable(answer: StatisticsAnswer, language: Language): ExportTable {
  const word = ({ zh, en }: Text) => (language === "en" ? en : zh);
  const pick = (zh: string, en: string) => word({ zh, en });
  const units = {
    count: "",
    hours: pick("（小时）", " (h)"),
    kilowattHours: pick("（千瓦时）", " (kWh)"),
    minutes: pick("（分钟）", " (min)"),
    percent: pick("（%）", " (%)"),
  };
  const withheld = pick("不显示", "withheld");
  const cellOf = ({ value, isWithheld }: Omit<StatisticsFigure, "previous">) =>
    isWithheld ? withheld : value;
  const cellsOf = (figures: readonly StatisticsFigure[]) =>
    figures.flatMap((figure) => [cellOf(figure), ...(figure.previous ? [cellOf(figure.previous)] : [])]);
  const heads = answer.measures.flatMap((key) => {
    const { title, unit } = measures[key];
    const head = `${word(title)}${units[unit]}`;
    return answer.previousPeriod ? [head, `${head}${pick("·上期", ", before")}`] : [head];
  });
  const total = answer.dimensions.map((_, at) => (at === 0 ? pick("合计", "total") : null));
  return {
    list: "statistics",
    title: pick("统计", "statistics"),
    heads: [
      ...answer.dimensions.map((dimension) => [word(dimensionTitles[dimension]), 22] as const),
      ...heads.map((head) => [head, 18] as const),
    ],
    rows: [
      ...answer.rows.map(({ keys, figures }) => [
        ...keys.map(({ title }) => word(title)),
        ...cellsOf(figures),
      ]),
      ...(answer.dimensions.length > 0 ? [[...total, ...cellsOf(answer.totals)]] : []),
      ...(answer.dimensions.length === 0 && answer.rows.length === 0 ? [cellsOf(answer.totals)] : []),
    ],
  };
}
