import { addDays, type CivilDay } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { workersTable } from "./count-workers.ts";
import { type CountedRow, CountedRows } from "./counted-row.ts";
import { type Part, partKey, type WorkerCount } from "./measures.ts";
import { type Period, splitMonths } from "./period.ts";
import { COUNTY_DIGITS, type Fineness } from "./roll-ups.ts";

interface Asked {
  /** Expressions, `time_key` for the month. */
  keys: readonly string[];
  where: RawBuilder<unknown>;
  fineness: Fineness;
}

/** Different firms, machines and welders that worked: each once for all days and places of an answer's row. */
export async function countWorking(
  db: Kysely<Tables>,
  parts: readonly Part[],
  asked: Asked,
  period: Period,
): Promise<CountedRow[]> {
  const rows = new CountedRows();
  for (const part of parts) {
    for (const { keys, count } of await countOf(db, part.sum as WorkerCount, asked, period)) {
      rows.of(keys).counts.set(partKey(part), count);
    }
  }
  return rows.all();
}

async function countOf(
  db: Kysely<Tables>,
  subjects: WorkerCount,
  { keys, where, fineness }: Asked,
  period: Period,
): Promise<{ keys: (string | null)[]; count: number }[]> {
  const isOfCounties = fineness.digits <= COUNTY_DIGITS && !fineness.hasColumns;
  const byMonth = keys.includes("time_key");
  const others = keys.filter((key) => key !== "time_key").map((key, at) => `${key} as g${at}`);
  const inside = ["subject_id", ...(byMonth ? ["year"] : []), ...others];
  const rows = sql`
    select ${sql.raw([...inside, `${monthsOf(period)} as active`].join(", "))}
    from ${sql.table(workersTable(subjects, { isOfCounties }))}
    where year between ${Number(period.from.slice(0, 4))} and ${Number(period.to.slice(0, 4))} and ${where}`;
  const places = others.map((_, at) => `g${at}`);
  // A county has each once a year, whoever works in several counties or years must be found again.
  const isOnce =
    isOfCounties && keys.includes(COUNTY_KEY) && period.from.slice(0, 4) === period.to.slice(0, 4);
  const each = isOnce
    ? sql`select * from (${rows}) r where active <> 0`
    : sql`
    select ${sql.raw(["subject_id", ...(byMonth ? ["year", "bit_or(active) as active"] : []), ...places].join(", "))}
    from (${rows}) r where active <> 0
    group by ${sql.raw(["subject_id", ...(byMonth ? ["year"] : []), ...places].join(", "))}`;
  const counted = byMonth
    ? sql`
      select ${sql.raw([...places, "year || '-' || lpad(month::text, 2, '0') as time_key", "count"].join(", "))}
      from (select ${sql.raw([...places, "year", `array[${MONTHS.map((month) => `count(*) filter (where active & ${1 << month} <> 0)`).join(", ")}] as counts`].join(", "))}
            from (${each}) s group by ${sql.raw([...places, "year"].join(", "))}) m,
        unnest(counts) with ordinality as c (count, month)
      where count > 0`
    : sql`select ${sql.raw([...places, "count(*) as count"].join(", "))} from (${each}) s
          ${sql.raw(places.length > 0 ? `group by ${places.join(", ")}` : "")}`;
  const { rows: found } = await sql<Record<string, string | number | null>>`${counted}`.execute(db);
  const names = keys.map((key) =>
    key === "time_key" ? key : `g${others.findIndex((other) => other.startsWith(`${key} as `))}`,
  );
  return found.map((row) => ({
    keys: names.map((name) => row[name] as string | null),
    count: Number(row.count),
  }));
}

/** As the keys of answers are made. */
const COUNTY_KEY = `left(region_code, ${COUNTY_DIGITS})`;
const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** An expression of the months in which somebody worked, of those in the period, as bits; of a part of a month by its days. */
function monthsOf(period: Period): string {
  const { months, days } = splitMonths(period);
  const byYear = new Map<number, string[]>();
  const add = (year: number, expression: string) =>
    byYear.set(year, [...(byYear.get(year) ?? []), expression]);
  const [firstYear, lastYear] = [period.from, period.to].map((day) => Number(day.slice(0, 4))) as [
    number,
    number,
  ];
  for (let year = firstYear; months && year <= lastYear; year++) {
    const wanted = MONTHS.filter((month) => {
      const first = `${year}-${two(month + 1)}-01`;
      return first >= months.from && first <= months.to;
    });
    add(year, `months & ${wanted.reduce((bits, month) => bits | (1 << month), 0)}`);
  }
  for (const part of days)
    for (const piece of withinMonths(part)) {
      const year = Number(piece.from.slice(0, 4));
      const month = Number(piece.from.slice(5, 7)) - 1;
      add(year, `case when days & ${bitsOf(piece)} <> ${bitsOf(null)} then ${1 << month} else 0 end`);
    }
  const cases = [...byYear].map(
    ([year, expressions]) => `when ${year} then ${expressions.map((it) => `(${it})`).join(" | ")}`,
  );
  return `case year ${cases.join(" ")} else 0 end`;
}

/** Pieces of a period that lie in one month each. */
function withinMonths({ from, to }: Period): Period[] {
  if (from.slice(0, 7) === to.slice(0, 7)) return [{ from, to }];
  const last = addDays(`${to.slice(0, 7)}-01` as CivilDay, -1);
  return [...withinMonths({ from, to: last }), { from: addDays(last, 1), to }];
}

/** As `statistics_day_bit` of the database. */
function bitsOf(piece: Period | null): string {
  const bits = Array.from({ length: 372 }, () => "0");
  if (piece) {
    const start = (Number(piece.from.slice(5, 7)) - 1) * 31;
    bits.fill("1", start + Number(piece.from.slice(8)) - 1, start + Number(piece.to.slice(8)));
  }
  return `B'${bits.join("")}'`;
}

const two = (value: number): string => String(value).padStart(2, "0");
