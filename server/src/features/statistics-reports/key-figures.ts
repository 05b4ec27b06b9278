import type { StatisticsAnswer, StatisticsFigure, StatisticsMeasure } from "@hanyouxu/api";
import type { CivilDay } from "@hanyouxu/rules";
import { measures } from "../statistics/statistics.ts";
import type { ReportCell, ReportSection } from "./report.ts";
import { figureOf, measureHead } from "./report-sections.ts";
import type { ReportWords } from "./report-words.ts";

/** A month that figures are compared with. */
export interface ComparedMonth {
  month: string;
  figures: readonly StatisticsFigure[];
}

/** Whether anything of a month was counted: all of it, a part, nothing. @param month `2026-02` */
export function coverageOf(month: string, firstDay: CivilDay | undefined): "whole" | "part" | "none" {
  if (firstDay === undefined || firstDay.slice(0, 7) > month) return "none";
  return firstDay.slice(0, 7) === month && !firstDay.endsWith("-01") ? "part" : "whole";
}

/** Every measure of the month beside the month before and the same month of the year before. */
export function keyFigures(
  month: string,
  answer: Pick<StatisticsAnswer, "measures" | "totals">,
  compared: readonly ComparedMonth[],
  firstDay: CivilDay | undefined,
  words: ReportWords,
): ReportSection {
  const change = words.pick("变化", "change");
  return {
    title: words.pick("主要指标", "Key figures"),
    notes: [],
    chart: undefined,
    heads: [
      words.pick("指标", "measure"),
      month,
      ...compared.flatMap((other) => [other.month, `${change} (${other.month})`]),
    ],
    rows: answer.measures.map((key, at): ReportCell[] => {
      const now = answer.totals[at]!;
      return [
        measureHead(key, words),
        coverageOf(month, firstDay) === "none" ? words.noData : figureOf(key, now),
        ...compared.flatMap((other): ReportCell[] => {
          if (coverageOf(other.month, firstDay) === "none") return [words.noData, null];
          const past = other.figures[at]!;
          return [figureOf(key, past), changeOf(key, now, past)];
        }),
      ];
    }),
  };
}

/** Of shares in points, of everything else in percent; nothing where it cannot be said. */
function changeOf(
  key: StatisticsMeasure,
  { value }: StatisticsFigure,
  past: Pick<StatisticsFigure, "value">,
): ReportCell {
  if (value === null || past.value === null) return null;
  if (measures[key].unit === "percent") {
    return { value: value - past.value, digits: 1, unit: "count", isChange: true };
  }
  if (past.value === 0) return null;
  return { value: (100 * (value - past.value)) / past.value, digits: 1, unit: "percent", isChange: true };
}
