import { type StatisticsDimension, type StatisticsQuestion, statisticsRegionLevels } from "@hanyouxu/api";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";
import {
  type ColumnDimension,
  dimensionColumns,
  type FactFamily,
  type FactSource,
  familyOf,
} from "./families.ts";
import { cellsFamily, type Part, partKey, type WorkerCount, workerCounts } from "./measures.ts";
import { type Period, splitMonths, type TimeGrain, timeOf } from "./period.ts";

type Scope = Pick<ReachedRows, "everywhere" | "regions">;

/** A combination of the dimensions' values, and what was counted of it by part. */
export interface CountedRow {
  keys: (string | null)[];
  counts: Map<string, number>;
}

const CODE_DIGITS = { province: 2, prefecture: 4, county: 6, township: 9 } as const;
const NO_TIME = "''";

/**
 * Counts parts of one family in a period. Times of rows before the period, which only stocks have, are empty.
 * @param parts of one family
 */
export async function countParts(
  db: Kysely<Tables>,
  { dimensions, filters, region }: Pick<StatisticsQuestion, "dimensions" | "filters" | "region">,
  parts: readonly Part[],
  scope: Scope,
  period: Period,
): Promise<CountedRow[]> {
  const name = parts[0]!.family;
  const family = familyOf(cellsFamily(name));
  const rows =
    name === "workers" ? workerRows(family, dimensions, period) : sumRows(family, dimensions, period);
  const values = parts.map((part) =>
    part.family === "workers"
      ? `count(distinct ${workerCounts[part.sum as WorkerCount]})::int`
      : `coalesce(sum(${part.sum}), 0)::float8`,
  );
  const keys = dimensions.map(keyColumn);
  const conditions = [
    withinRegions(scope, "region_code"),
    ...(region === undefined ? [] : [sql<boolean>`region_code like ${`${region}%`}`]),
    ...Object.entries(filters).map(([dimension, wanted]) => {
      const column = sql.raw(keyColumn(dimension as StatisticsDimension));
      return sql<boolean>`coalesce(${column}, '') = any(${wanted}::text[])`;
    }),
  ];
  const named = [
    ...keys.map((key, at) => `${key} as k${at}`),
    ...values.map((value, at) => `${value} as v${at}`),
  ];
  const grouped =
    keys.length === 0 ? sql`` : sql`group by ${sql.raw(keys.map((_, at) => at + 1).join(", "))}`;
  const counted = await sql<Record<string, string | number | null>>`
    select ${sql.raw(named.join(", "))}
    from (${rows}) r
    where ${sql.join(conditions, sql` and `)}
    ${grouped}`.execute(db);
  return counted.rows.map((row) => ({
    keys: keys.map((_, at) => row[`k${at}`] as string | null),
    counts: new Map(parts.map((part, at) => [partKey(part), row[`v${at}`] as number])),
  }));
}

function keyColumn(dimension: StatisticsDimension): string {
  if ((statisticsRegionLevels as readonly string[]).includes(dimension)) {
    return `left(region_code, ${CODE_DIGITS[dimension as keyof typeof CODE_DIGITS]})`;
  }
  const column = dimensionColumns[dimension as ColumnDimension];
  return column ? `${column}::text` : "time_key";
}

/** Sums by cell: of whole months where no day is asked for, straight from the rows for times below a day. */
function sumRows(
  family: FactFamily,
  dimensions: readonly StatisticsDimension[],
  period: Period,
): RawBuilder<unknown> {
  const time = timeOf(dimensions);
  const columns = ["region_code", ...Object.keys(family.dimensions), ...family.sums].join(", ");
  const cells = (table: string, { from, to }: Period) =>
    sql`select ${sql.raw(cellTime(time))} as time_key, ${sql.raw(columns)} from ${sql.table(table)}
        where day between ${from}::text::date and ${to}::text::date`;
  if (family.isStock) {
    return sql`select ${time ? sql`case when day < ${period.from}::text::date then '' else ${sql.raw(cellTime(time))} end` : sql.raw(NO_TIME)} as time_key,
        ${sql.raw(columns)} from ${sql.table(family.table)} where day <= ${period.to}::text::date`;
  }
  if (time === "day") return cells(family.table, period);
  if (time === "hour" || time === "minute") {
    return sql.join(
      family.sources.map((source) => factSums(family, source, time, period)),
      sql` union all `,
    );
  }
  const { months, days } = splitMonths(period);
  const pieces = days.map((piece) => cells(family.table, piece));
  if (months) pieces.push(cells(`${family.table}_months`, months));
  return sql.join(pieces, sql` union all `);
}

function cellTime(time: TimeGrain | undefined): string {
  if (time === "day") return "day::text";
  return time === "month" ? "to_char(day, 'YYYY-MM')" : NO_TIME;
}

const FORMATS = {
  month: "YYYY-MM",
  day: "YYYY-MM-DD",
  hour: 'YYYY-MM-DD"T"HH24',
  minute: 'YYYY-MM-DD"T"HH24:MI',
};
const factTime = (source: FactSource, time: TimeGrain | undefined): string =>
  time ? `to_char((${source.at} at time zone 'UTC') + interval '8 hours', '${FORMATS[time]}')` : NO_TIME;

/** Of days that were checked to be days. */
const within = (source: FactSource, { from, to }: Period): RawBuilder<unknown> =>
  sql`${sql.raw(source.at)} >= shanghai_day_start(${from}::text::date) and ${sql.raw(source.at)} < shanghai_day_start(${to}::text::date + 1)`;

function factSums(
  family: FactFamily,
  source: FactSource,
  time: TimeGrain,
  period: Period,
): RawBuilder<unknown> {
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  const sums = family.sums.map((sum) => `${source.sums[sum] ?? 0} as ${sum}`);
  const grouped = [source.region, ...Object.values(family.dimensions)];
  return sql`
    select ${sql.raw(factTime(source, time))} as time_key, ${sql.raw([`${source.region} as region_code`, ...named, ...sums].join(", "))}
    from ${sql.raw(source.from)}
    where ${within(source, period)} and ${sql.raw(source.where ?? "true")}
    group by 1, ${sql.raw(grouped.join(", "))}`;
}

/** Who worked: of whole months as kept, of the days around them and of finer times from the rows. */
function workerRows(
  family: FactFamily,
  dimensions: readonly StatisticsDimension[],
  period: Period,
): RawBuilder<unknown> {
  const time = timeOf(dimensions);
  const source = family.sources[0]!;
  const columns = Object.keys(family.dimensions).join(", ");
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  const facts = (piece: Period) =>
    sql`select ${sql.raw(factTime(source, time))} as time_key, ${sql.raw(`${source.region} as region_code, ${named.join(", ")}`)},
          t.enterprise_id, t.machine_id, t.welder_id
        from ${sql.raw(source.from)} where ${within(source, piece)} and t.energised_at is not null`;
  if (time !== undefined && time !== "month") return facts(period);
  const { months, days } = splitMonths(period);
  const pieces = days.map(facts);
  if (months) {
    pieces.push(sql`select ${sql.raw(cellTime(time))} as time_key, region_code, ${sql.raw(columns)}, enterprise_id, machine_id, welder_id
      from statistics_workers_months where day between ${months.from}::text::date and ${months.to}::text::date`);
  }
  return sql.join(pieces, sql` union all `);
}
