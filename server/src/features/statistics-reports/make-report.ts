import type { StatisticsAnswer, StatisticsMeasure, StatisticsQuestion } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { addDays } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { shanghaiTime } from "../exports/exports.ts";
import {
  addMonths,
  answerQuestion,
  dimensionsOf,
  firstCountedDay,
  namesOfRegions,
  type Period,
  reachOfRegion,
} from "../statistics/statistics.ts";
import { firstOfMonth } from "./due.ts";
import { coverageOf, keyFigures } from "./key-figures.ts";
import { missingFigures } from "./missing-figures.ts";
import type { Report, ReportSection } from "./report.ts";
import { MOST_ROWS, sectionOf } from "./report-sections.ts";
import { type ReportWords, reportWords } from "./report-words.ts";
import { standardSections } from "./standard-sections.ts";

type Context = Pick<AppContext, "db" | "clock" | "config">;

/** What a report is to say. */
export interface ReportWish {
  name: string;
  region: RegionCode | null;
  /** Null: the standard measures. */
  question: StatisticsQuestion | null;
  language: Report["language"];
  /** `2026-02`. */
  month: string;
  /** Measures that its owner sees in all of the region; those that he does not are named as missing. */
  seen: readonly StatisticsMeasure[];
  /** What the owner asked for, or the standard. */
  wanted: readonly StatisticsMeasure[];
}

const periodOf = (month: string, months = 1): Period => ({
  from: firstOfMonth(month),
  to: addDays(firstOfMonth(addMonths(month, months)), -1),
});

/** Counts the month of a region, the month before and the same month of the year before, as they stand now. */
export async function makeReport(ctx: Context, wish: ReportWish): Promise<Report> {
  const words = reportWords(wish.language);
  const { month, region } = wish;
  const measures = wish.wanted.filter((key) => wish.seen.includes(key));
  const answers: StatisticsAnswer[] = [];
  const ask = async (period: Period, part: Partial<StatisticsQuestion>) => {
    const question = { measures, dimensions: [], filters: {}, isCompared: false, limit: MOST_ROWS, ...part };
    const place = region === null || question.region !== undefined ? {} : { region };
    const answer = await answerQuestion(ctx, { ...question, ...place, ...period }, () =>
      reachOfRegion(region),
    );
    answers.push(answer);
    return answer;
  };
  const narrowed = wish.question ? narrowingOf(wish.question) : {};
  const now = await ask(periodOf(month), narrowed);
  const compared = [];
  for (const other of [addMonths(month, -1), addMonths(month, -12)]) {
    compared.push({ month: other, figures: (await ask(periodOf(other), narrowed)).totals });
  }
  const firstDay = await firstCountedDay(ctx, region);
  // Of a month without any record noughts would be made up; certificates have days of their own.
  const isRecorded = coverageOf(month, firstDay) !== "none";
  const sections = wish.question
    ? isRecorded
      ? await askedSections(wish, wish.question, measures, ask, words)
      : []
    : await plannedSections(wish, measures, isRecorded, ask, words);
  return {
    title: wish.name,
    language: wish.language,
    isDemo: ctx.config.demo,
    facts: await factsOf(ctx, wish, words),
    sections: [keyFigures(month, now, compared, firstDay, words), ...sections],
    missing: missingFigures(
      {
        unseen: wish.wanted.filter((key) => !wish.seen.includes(key)),
        months: [month, ...compared.map((other) => other.month)],
        firstDay,
        now,
        answers,
        least: ctx.config.smallestCount,
      },
      words,
    ),
  };
}

type Ask = (period: Period, part: Partial<StatisticsQuestion>) => Promise<StatisticsAnswer>;

/** What the totals of a kept question are narrowed by as well. */
const narrowingOf = ({ filters, region }: StatisticsQuestion): Partial<StatisticsQuestion> => ({
  filters,
  ...(region === undefined ? {} : { region }),
});

async function askedSections(
  wish: ReportWish,
  question: StatisticsQuestion,
  measures: readonly StatisticsMeasure[],
  ask: Ask,
  words: ReportWords,
): Promise<ReportSection[]> {
  if (question.dimensions.length === 0 || measures.length === 0) return [];
  const { rank, dimensions, limit } = question;
  const answer = await ask(periodOf(wish.month), {
    ...narrowingOf(question),
    dimensions,
    limit: Math.min(limit, MOST_ROWS),
    ...(rank && measures.includes(rank.measure) ? { rank } : {}),
  });
  return [sectionOf(words.pick("明细", "In detail"), answer, measures.slice(0, 3), words)];
}

async function plannedSections(
  wish: ReportWish,
  measures: readonly StatisticsMeasure[],
  isRecorded: boolean,
  ask: Ask,
  words: ReportWords,
): Promise<ReportSection[]> {
  const sections: ReportSection[] = [];
  for (const plan of standardSections(wish.region)) {
    const asked = plan.measures.filter(
      (key) => measures.includes(key) && dimensionsOf(key).includes(plan.dimension),
    );
    const [first] = asked;
    if (first === undefined || (!isRecorded && plan.dimension !== "certificateFamily")) continue;
    const period = plan.monthsAhead
      ? periodOf(addMonths(wish.month, 1), plan.monthsAhead)
      : periodOf(wish.month);
    const ranked = plan.dimension === "day" ? {} : { rank: { measure: first, isDescending: true } };
    const answer = await ask(period, { measures: asked, dimensions: [plan.dimension], ...ranked });
    const rows = plan.onlyWithFirst
      ? answer.rows.filter(({ figures }) => figures[0]!.value !== 0)
      : answer.rows;
    sections.push(sectionOf(words.word(plan.title), { ...answer, rows }, plan.drawn, words));
  }
  return sections;
}

async function factsOf(
  ctx: Context,
  { region, month }: ReportWish,
  { pick }: ReportWords,
): Promise<[string, string][]> {
  const names = await namesOfRegions(ctx, region === null ? [] : [region]);
  const { from, to } = periodOf(month);
  const place = region === null ? pick("全平台", "the whole platform") : (names.get(region) ?? region);
  return [
    [pick("区域", "Region"), place],
    [pick("时段", "Period"), `${from} – ${to}`],
    [
      pick("数据截至", "Data as of"),
      `${shanghaiTime(new Date(ctx.clock.nowMs()).toISOString())} ${pick("（北京时间）", "(UTC+8)")}`,
    ],
  ];
}
