import type { StatisticsAnswer, StatisticsFigure, StatisticsQuestion } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import { checkQuestion } from "./check-question.ts";
import { countParts } from "./count-parts.ts";
import { type CountedRow, CountedRows } from "./counted-row.ts";
import { familyOf } from "./families.ts";
import { keepCounts } from "./keep-counts.ts";
import { cellsFamily, measures, type Part, partKey } from "./measures.ts";
import { type Period, pointsOf, previousPeriod, timeOf } from "./period.ts";
import { standUpTo } from "./stocks.ts";
import { isRegionLevel, namesOfRegions, titleOf } from "./titles.ts";
import { withheldCells } from "./withhold.ts";

export { checkQuestion } from "./check-question.ts";
export { firstCountedDay } from "./first-day.ts";
export { keepCounts } from "./keep-counts.ts";
export { allMeasureInfos, dimensionsOf, measures } from "./measures.ts";
export { addMonths, type Period } from "./period.ts";
export {
  countsReach,
  measuresSeen,
  measuresSeenIn,
  reachOfRegion,
  requireCountedRegion,
  STATISTICS_ROLES,
  seesCountsIn,
} from "./policy.ts";
export { dimensionTitles, namesOfRegions } from "./titles.ts";

type Context = Pick<AppContext, "db" | "clock" | "config">;
type ScopeOf = (family: Part["family"]) => Scope;
interface Row {
  keys: readonly (string | null)[];
  figures: StatisticsFigure[];
}

/**
 * Answers up to the latest row: what has changed is counted first.
 * @param scopeOf the caller's reach by what the counts are of
 * @throws AppError request.invalid
 */
export async function answerQuestion(
  ctx: Context,
  question: StatisticsQuestion,
  scopeOf: ScopeOf,
): Promise<StatisticsAnswer> {
  checkQuestion(question);
  await keepCounts(ctx);
  const period = { from: question.from, to: question.to };
  const before = question.isCompared ? previousPeriod(period) : null;
  const [now, all] = await figuresOf(ctx, question, scopeOf, period);
  if (before) {
    const [past, allPast] = await figuresOf(ctx, question, scopeOf, before);
    compare(question, now, past, period, before);
    compare({ ...question, dimensions: [] }, [all], [allPast], period, before);
  }
  const ordered = order(question, now);
  const shown = ordered.slice(0, question.limit);
  const names = await namesOfRegions(ctx, regionsIn(question, shown));
  return {
    period,
    previousPeriod: before,
    dimensions: question.dimensions,
    measures: question.measures,
    rows: shown.map(({ keys, figures }) => ({
      keys: keys.map((value, at) => ({ value, title: titleOf(question.dimensions[at]!, value, names) })),
      figures,
    })),
    totals: all.figures,
    rowsLeftOut: ordered.length - shown.length,
    smallestCount: ctx.config.smallestCount,
    countedAt: new Date(ctx.clock.nowMs()).toISOString(),
  };
}

/** The rows of a period, and what they come to without dimensions: different ones cannot be added up. */
async function figuresOf(
  ctx: Context,
  question: StatisticsQuestion,
  scopeOf: ScopeOf,
  period: Period,
): Promise<[Row[], Row]> {
  const isWhole = question.dimensions.length === 0;
  const [counted, whole] = await Promise.all([
    countAll(ctx, question, scopeOf, period),
    isWhole ? null : countAll(ctx, { ...question, dimensions: [] }, scopeOf, period),
  ]);
  const rows = withFigures(question, counted, ctx.config.smallestCount);
  return [rows, withFigures(question, whole ?? counted, ctx.config.smallestCount)[0]!];
}

async function countAll(
  ctx: Context,
  question: StatisticsQuestion,
  scopeOf: ScopeOf,
  period: Period,
): Promise<CountedRow[]> {
  const byFamily = new Map<Part["family"], Map<string, Part>>();
  for (const part of question.measures.flatMap((key) => measures[key].parts)) {
    const parts = byFamily.get(part.family) ?? new Map<string, Part>();
    byFamily.set(part.family, parts.set(partKey(part), part));
  }
  const time = timeOf(question.dimensions);
  const together = new CountedRows();
  // A time without anything is nought, and so is a whole of nothing.
  if (question.dimensions.length === 0) together.of([]);
  if (time && question.dimensions.length === 1)
    for (const point of pointsOf(period, time)) together.of([point]);
  for (const [family, parts] of byFamily) {
    const counted = await countParts(ctx.db, question, [...parts.values()], scopeOf(family), period);
    const isStock = family !== "workers" && familyOf(cellsFamily(family)).isStock === true;
    const rows =
      isStock && time
        ? standUpTo(counted, question.dimensions.indexOf(time), pointsOf(period, time))
        : counted;
    for (const row of rows)
      for (const [part, count] of row.counts) together.of(row.keys).counts.set(part, count);
  }
  return together.all();
}

function withFigures(question: StatisticsQuestion, counted: readonly CountedRow[], least: number): Row[] {
  const rows = counted.map(({ keys }): Row => ({ keys, figures: [] }));
  for (const key of question.measures) {
    const { parts, of, isOfPeople, digits } = measures[key];
    const values = counted.map(({ counts }) => of(parts.map((part) => counts.get(partKey(part)) ?? 0)));
    const cells = counted.map(({ keys }, at) => ({ keys, count: values[at] ?? 0 }));
    const withheld = isOfPeople ? withheldCells(cells, least) : new Set();
    rows.forEach((row, at) => {
      const isWithheld = withheld.has(cells[at]!);
      const value = values[at] ?? null;
      row.figures.push({ value: isWithheld || value === null ? null : rounded(value, digits), isWithheld });
    });
  }
  return rows;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits + 2));

/** Sets the same place of the period before beside each value; points of time are matched by their order. */
function compare(
  { dimensions, measures: wanted }: StatisticsQuestion,
  now: readonly Row[],
  past: readonly Row[],
  period: Period,
  before: Period,
): void {
  const time = timeOf(dimensions);
  const at = time ? dimensions.indexOf(time) : -1;
  const points = time ? pointsOf(period, time) : [];
  const pastPoints = time ? pointsOf(before, time) : [];
  const pastOf = new Map(past.map((row) => [JSON.stringify(row.keys), row]));
  for (const { keys, figures } of now) {
    const theirs = at < 0 ? keys : keys.with(at, pastPoints[points.indexOf(keys[at]!)] ?? "-");
    const found = pastOf.get(JSON.stringify(theirs));
    wanted.forEach((key, index) => {
      const { value, isWithheld } = found?.figures[index] ?? {
        value: measures[key].of(measures[key].parts.map(() => 0)),
        isWithheld: false,
      };
      figures[index]!.previous = { value, isWithheld };
    });
  }
}

/** By the rank asked for, what is withheld last; else by the keys as they are written. */
function order({ rank, measures: wanted }: StatisticsQuestion, rows: readonly Row[]): Row[] {
  const byKeys = (one: Row, other: Row) => {
    const place = one.keys.findIndex((key, at) => key !== other.keys[at]);
    return place < 0 ? 0 : (one.keys[place] ?? "") < (other.keys[place] ?? "") ? -1 : 1;
  };
  const sorted = [...rows].sort(byKeys);
  if (!rank) return sorted;
  const at = wanted.indexOf(rank.measure);
  const none = Number.NEGATIVE_INFINITY;
  const weight = ({ figures }: Row) => {
    const { value } = figures[at]!;
    return value === null ? none : rank.isDescending ? value : -value;
  };
  return sorted.sort((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    return a === b ? 0 : b - a;
  });
}

function regionsIn({ dimensions }: StatisticsQuestion, rows: readonly Row[]): string[] {
  const places = dimensions.flatMap((dimension, at) => (isRegionLevel(dimension) ? [at] : []));
  return [...new Set(rows.flatMap(({ keys }) => places.flatMap((at) => keys[at] || [])))];
}
