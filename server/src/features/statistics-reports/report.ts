import type { Language, StatisticsMeasureInfo } from "@hanyouxu/api";

/** A figure of a report with how it is written; null: nothing to divide by. */
export interface ReportFigure {
  value: number | null;
  /** Too few people to be told of. */
  isWithheld?: boolean;
  digits: number;
  unit: StatisticsMeasureInfo["unit"];
  /** A difference: written with its sign. */
  isChange?: boolean;
}

/** Words, a figure, or nothing. */
export type ReportCell = string | ReportFigure | null;

export interface ReportChart {
  kind: "lines" | "bars";
  labels: readonly string[];
  /** Null: withheld, or nothing to divide by: not drawn. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
}

export interface ReportSection {
  title: string;
  notes: readonly string[];
  chart: ReportChart | undefined;
  heads: readonly string[];
  rows: readonly (readonly ReportCell[])[];
}

/** All that a report says, in one language, before it is a file. */
export interface Report {
  title: string;
  language: Language;
  /** Head lines: what it is of, and the time of its data. */
  facts: readonly (readonly [label: string, text: string])[];
  sections: readonly ReportSection[];
  /** What is not in it, and why. */
  missing: readonly string[];
  /** Simulated data. */
  isDemo: boolean;
}

/** `1,234.5`, `+3.2%`; a dash where there is nothing to divide by. */
export function figureWords(figure: ReportFigure, withheld: string): string {
  const { value, isWithheld, digits, unit, isChange } = figure;
  if (isWithheld) return withheld;
  if (value === null) return "–";
  const number = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const sign = value < 0 ? "-" : isChange && value > 0 ? "+" : "";
  return `${sign}${number}${unit === "percent" ? "%" : ""}`;
}
