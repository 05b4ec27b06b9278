import { type StatisticsDimension, type StatisticsQuestion, statisticsRegionLevels } from "@hanyouxu/api";
import type { CivilDay } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";
import { countWorking } from "./count-working.ts";
import type { CountedRow } from "./counted-row.ts";
import {
  type ColumnDimension,
  dayOf,
  dimensionColumns,
  type FactFamily,
  type FactSource,
  familyOf,
} from "./families.ts";
import { cellsFamily, type Part, partKey, workerCounts } from "./measures.ts";
import { type Period, splitMonths, type TimeGrain, timeOf } from "./period.ts";
import { type Fineness, type RollUp, rollUpFor, tableOf } from "./roll-ups.ts";

type Scope = Pick<ReachedRows, "everywhere" | "regions">;

type Asked = Pick<StatisticsQuestion, "dimensions" | "filters" | "region">;

const CODE_DIGITS = { province: 2, prefecture: 4, county: 6, township: 9 } as const;
const TIME_KEY = "time_key";
const NO_TIME = "''";
/** Before anything was registered; the first of a month. */
const BEGINNING = "1900-01-01" as CivilDay;

/**
 * Counts parts of one family in a period. Times of rows before the period, which only stocks have, are empty.
 * @param parts of one family
 */
export async function countParts(
  db: Kysely<Tables>,
  asked: Asked,
  parts: readonly Part[],
  scope: Scope,
  period: Period,
): Promise<CountedRow[]> {
  const name = parts[0]!.family;
  const family = familyOf(cellsFamily(name));
  const fineness = finenessOf(asked, scope);
  const keys = asked.dimensions.map(keyColumn);
  const where = conditionsOf(asked, scope);
  if (name === "workers") {
    const time = timeOf(asked.dimensions);
    return time === "hour" || time === "minute" || time === "day"
      ? await read(db, parts, keys, where, workingRows(family, time, period))
      : await countWorking(db, parts, { keys, where, fineness, within: withinOf(asked, scope) }, period);
  }
  const sums = parts.map(({ sum }) => sum);
  return await read(db, parts, keys, where, sumRows(family, asked.dimensions, sums, fineness, period));
}

async function read(
  db: Kysely<Tables>,
  parts: readonly Part[],
  keys: readonly string[],
  where: RawBuilder<unknown>,
  rows: RawBuilder<unknown>,
): Promise<CountedRow[]> {
  const values = parts.map((part) =>
    part.family === "workers"
      ? `count(distinct ${workerCounts[part.sum]})::int`
      : `coalesce(sum(${part.sum}), 0)::float8`,
  );
  const named = [
    // Days are grouped as dates and written once for each group: a cell's own text costs as much as its sum.
    ...keys.map((key, at) => `${key === TIME_KEY ? `${key}::text` : key} as k${at}`),
    ...values.map((value, at) => `${value} as v${at}`),
  ];
  const grouped = keys.length === 0 ? sql`` : sql`group by ${sql.raw(keys.join(", "))}`;
  const counted = await sql<Record<string, string | number | null>>`
    select ${sql.raw(named.join(", "))} from (${rows}) r where ${where} ${grouped}`.execute(db);
  return counted.rows.map((row) => ({
    keys: keys.map((_, at) => row[`k${at}`] as string | null),
    counts: new Map(parts.map((part, at) => [partKey(part), row[`v${at}`] as number])),
  }));
}

function conditionsOf({ filters, region }: Asked, scope: Scope): RawBuilder<unknown> {
  const conditions = [
    withinRegions(scope, "region_code"),
    ...(region === undefined ? [] : [sql<boolean>`region_code like ${`${region}%`}`]),
    ...Object.entries(filters).map(([dimension, wanted]) => {
      const column = sql.raw(keyColumn(dimension as StatisticsDimension));
      return sql<boolean>`coalesce(${column}, '') = any(${wanted}::text[])`;
    }),
  ];
  return sql.join(conditions, sql` and `);
}

/** Codes of regions outside of which nothing is counted; null: everywhere. */
function withinOf({ region }: Asked, scope: Scope): readonly string[] | null {
  if (region !== undefined) return [region];
  return scope.everywhere ? null : scope.regions;
}

/** How finely cells must tell places and ways apart for a question and a reach. */
function finenessOf({ dimensions, filters, region }: Asked, scope: Scope): Fineness {
  const used = [...dimensions, ...(Object.keys(filters) as StatisticsDimension[])];
  const digits = used.map((dimension) => CODE_DIGITS[dimension as keyof typeof CODE_DIGITS] ?? 0);
  const reach = scope.everywhere ? [] : scope.regions.map((code) => code.length);
  return {
    digits: Math.max(0, region?.length ?? 0, ...digits, ...reach),
    hasColumns: used.some((dimension) => dimension in dimensionColumns),
  };
}

function keyColumn(dimension: StatisticsDimension): string {
  if ((statisticsRegionLevels as readonly string[]).includes(dimension)) {
    return `left(region_code, ${CODE_DIGITS[dimension as keyof typeof CODE_DIGITS]})`;
  }
  const column = dimensionColumns[dimension as ColumnDimension];
  return column ? `${column}::text` : TIME_KEY;
}

/** Sums by cell: of whole months where no day is asked for, straight from the rows for times below a day. */
function sumRows(
  family: FactFamily,
  dimensions: readonly StatisticsDimension[],
  sums: readonly string[],
  fineness: Fineness,
  period: Period,
): RawBuilder<unknown> {
  const time = timeOf(dimensions);
  const union = (pieces: readonly RawBuilder<unknown>[]) => sql.join(pieces, sql` union all `);
  const columns = [...(fineness.hasColumns ? Object.keys(family.dimensions) : []), ...sums].join(", ");
  const cells = (grain: RollUp["grain"], { from, to }: Period) => {
    const at = sql.raw(cellTime(family, time));
    const isAdded = family.isStock && time;
    const timeKey = isAdded ? sql`case when day < ${period.from}::text::date then '' else ${at} end` : at;
    return sql`select ${timeKey} as time_key, region_code, ${sql.raw(columns)}
        from ${sql.table(tableOf(family, rollUpFor(grain, fineness)))}
        where day between ${from}::text::date and ${to}::text::date`;
  };
  if (time === "hour" || time === "minute") {
    return union(family.sources.map((source) => factSums(family, source, { time, sums, fineness, period })));
  }
  // What a stock has been added before counts as well.
  const whole = family.isStock ? { from: BEGINNING, to: period.to } : period;
  const { months, days } = time === "day" ? { months: undefined, days: [whole] } : splitMonths(whole);
  const pieces = days.map((piece) => cells("day", piece));
  if (months) pieces.push(cells("month", months));
  for (const source of family.sources) {
    const { running } = source;
    const theirs = sums.filter((sum) => running?.sums.includes(sum));
    if (!running || theirs.length === 0) continue;
    const open = {
      ...source,
      where: running.where,
      sums: Object.fromEntries(theirs.map((sum) => [sum, source.sums[sum]!])),
    };
    pieces.push(factSums(family, open, { time, sums, fineness, period }));
  }
  return union(pieces);
}

function cellTime({ isStock }: FactFamily, time: TimeGrain | undefined): string {
  if (time === "day") return isStock ? "day::text" : "day";
  // Several times as quick as to_char.
  return time === "month" ? "left(day::text, 7)" : NO_TIME;
}

const FORMATS = {
  month: "YYYY-MM",
  hour: 'YYYY-MM-DD"T"HH24',
  minute: 'YYYY-MM-DD"T"HH24:MI',
};
function factTime(source: FactSource, time: TimeGrain | undefined): string {
  if (time === "day") return dayOf(source);
  return time
    ? `to_char((${source.at} at time zone 'UTC') + interval '8 hours', '${FORMATS[time]}')`
    : NO_TIME;
}

/** Of days that were checked to be days. */
const within = (source: FactSource, { from, to }: Period): RawBuilder<unknown> =>
  sql`${sql.raw(source.at)} >= shanghai_day_start(${from}::text::date) and ${sql.raw(source.at)} < shanghai_day_start(${to}::text::date + 1)`;

function factSums(
  family: FactFamily,
  source: FactSource,
  asked: { time: TimeGrain | undefined; sums: readonly string[]; fineness: Fineness; period: Period },
): RawBuilder<unknown> {
  const columns = asked.fineness.hasColumns ? Object.entries(family.dimensions) : [];
  const named = columns.map(([column, expression]) => `${expression} as ${column}`);
  const sums = asked.sums.map((sum) => `${source.sums[sum] ?? 0} as ${sum}`);
  const grouped = [source.region, ...columns.map(([, expression]) => expression)];
  return sql`
    select ${sql.raw(factTime(source, asked.time))} as time_key, ${sql.raw([`${source.region} as region_code`, ...named, ...sums].join(", "))}
    from ${sql.raw(source.from)}
    where ${within(source, asked.period)} and ${sql.raw(source.where ?? "true")}
    group by 1, ${sql.raw(grouped.join(", "))}`;
}

/** Who worked, from the rows: by times of a day and below. */
function workingRows(family: FactFamily, time: TimeGrain, period: Period): RawBuilder<unknown> {
  const source = family.sources[0]!;
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  return sql`select ${sql.raw(factTime(source, time))} as time_key, ${sql.raw(`${source.region} as region_code, ${named.join(", ")}`)},
          t.enterprise_id, t.machine_id, t.welder_id
        from ${sql.raw(source.from)} where ${within(source, period)} and t.energised_at is not null`;
}
