import {
  bilingual,
  STATISTICS_MAX_DAYS,
  type StatisticsDimension,
  type StatisticsQuestion,
  statisticsTimes,
} from "@hanyouxu/api";
import { daysBetween } from "@hanyouxu/rules";
import { AppError } from "../../errors.ts";
import { dimensionsOf } from "./measures.ts";
import { timeOf } from "./period.ts";
import { dimensionTitles } from "./titles.ts";

/** @param part of the request that the question stands in. @throws AppError request.invalid for what no answer could be given to, by field */
export function checkQuestion(question: StatisticsQuestion, part: "body" | "query" = "body"): void {
  const fields = [...problemsOf(question)].map(({ path, message }) => ({
    path: `${part}.${path}`,
    message,
  }));
  if (fields.length > 0) throw new AppError("request.invalid", { fields });
}

function* problemsOf({ measures, dimensions, filters, from, to, rank }: StatisticsQuestion) {
  const isTime = (dimension: StatisticsDimension) =>
    (statisticsTimes as readonly string[]).includes(dimension);
  if (from > to) yield problem("to", "结束日期不能早于开始日期", "The end lies before the beginning");
  const time = timeOf(dimensions);
  const most = STATISTICS_MAX_DAYS[time === "minute" || time === "hour" ? time : "other"];
  if (daysBetween(from, to) >= most) {
    yield problem(
      "to",
      `这样细分时最多查询 ${most} 天`,
      `Broken down like this, ask for ${most} days at most`,
    );
  }
  if (new Set(measures).size < measures.length) {
    yield problem("measures", "指标不能重复", "Choose each measure once");
  }
  if (new Set(dimensions).size < dimensions.length || dimensions.filter(isTime).length > 1) {
    yield problem(
      "dimensions",
      "每个维度只能选一次，时间粒度只能选一种",
      "Choose each dimension once, and one grain of time",
    );
  }
  const filtered = Object.keys(filters) as StatisticsDimension[];
  if (filtered.some(isTime)) {
    yield problem("filters", "时间请用起止日期限定", "Narrow the time by its first and last day");
  }
  for (const [place, wanted] of [
    ["dimensions", dimensions],
    ["filters", filtered.filter((it) => !isTime(it))],
  ] as const) {
    const lacking = wanted.find((dimension) =>
      measures.some((key) => !dimensionsOf(key).includes(dimension)),
    );
    if (!lacking) continue;
    const { zh, en } = dimensionTitles[lacking];
    yield problem(
      place,
      `所选指标不能按“${zh}”细分，请减少指标或换一个维度`,
      `Not every measure chosen knows the dimension ${en}: choose fewer measures or another dimension`,
    );
  }
  if (rank && !measures.includes(rank.measure)) {
    yield problem("rank.measure", "请按所选的指标排序", "Rank by one of the measures chosen");
  }
}

function problem(path: string, zh: string, en: string) {
  return { path, message: bilingual(zh, en) };
}
