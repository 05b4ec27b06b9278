import { addDays, type CivilDay } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type CountedRow, CountedRows } from "./counted-row.ts";
import { type Part, partKey, type WorkerCount } from "./measures.ts";
import { type Period, splitMonths } from "./period.ts";
import type { Fineness } from "./roll-ups.ts";
import { type WorkingTable, workersTable, workingTableFor } from "./working-tables.ts";

interface Asked {
  /** Expressions, `time_key` for the month. */
  keys: readonly string[];
  where: RawBuilder<unknown>;
  fineness: Fineness;
  /** Codes of regions outside of which nothing is counted; null: everywhere. */
  within: readonly string[] | null;
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
  asked: Asked,
  period: Period,
): Promise<{ keys: (string | null)[]; count: number }[]> {
  const { keys, where } = asked;
  const [firstYear, lastYear] = yearsOf(period);
  const byMonth = keys.includes("time_key");
  const others = keys.filter((key) => key !== "time_key").map((key, at) => `${key} as g${at}`);
  const places = others.map((_, at) => `g${at}`);
  const table = workingTableFor(asked.fineness);
  const rows = sql`
    select ${sql.raw(["subject_id", "year", ...others, `${monthsOf(period)} as active`].join(", "))}
    from ${sql.table(workersTable(subjects, table))}
    where year between ${firstYear} and ${lastYear} and ${where}`;
  const apart = byMonth ? ["year", ...places] : places;
  const isOnce =
    (byMonth || firstYear === lastYear) &&
    (await areRegionsApart(db, workersTable(subjects, table), table, asked));
  // Finding each of a province's welders again takes longer than all the rest.
  const each = isOnce
    ? rows
    : sql`
      select ${sql.raw(["subject_id", ...apart, "bit_or(active) as active"].join(", "))} from (${rows}) r
      where active <> 0 group by ${sql.raw(["subject_id", ...apart].join(", "))}`;
  const alike = byMonth ? [...apart, "active"] : apart;
  const counted = sql`
    select ${sql.raw([...alike, "count(*) as count"].join(", "))} from (${each}) s where active <> 0
    ${sql.raw(alike.length > 0 ? `group by ${alike.join(", ")}` : "")}`;
  const { rows: found } = await sql<
    Record<string, string | number | null>
  >`${byMonth ? monthByMonth(counted, places) : counted}`.execute(db);
  const names = keys.map((key) =>
    key === "time_key" ? key : `g${others.findIndex((other) => other.startsWith(`${key} as `))}`,
  );
  return found.map((row) => ({
    keys: names.map((name) => row[name] as string | null),
    count: Number(row.count),
  }));
}

/** @param counted by the same months, of which there are far fewer than of those who worked in them */
function monthByMonth(counted: RawBuilder<unknown>, places: readonly string[]): RawBuilder<unknown> {
  const counts = MONTHS.map((month) => `sum(count) filter (where active & ${1 << month} <> 0)`);
  return sql`
    select ${sql.raw([...places, "year || '-' || lpad(month::text, 2, '0') as time_key", "count"].join(", "))}
    from (select ${sql.raw([...places, "year", `array[${counts.join(", ")}] as counts`].join(", "))}
          from (${counted}) c group by ${sql.raw([...places, "year"].join(", "))}) m,
      unnest(counts) with ordinality as c (count, month)
    where count > 0`;
}

/** Whether no two rows of somebody in a year can come to the same row of an answer, so that nobody is looked for twice. */
async function areRegionsApart(
  db: Kysely<Tables>,
  name: string,
  { digits, hasColumns }: WorkingTable,
  { keys, within }: Asked,
): Promise<boolean> {
  if (hasColumns) return false;
  // As the keys of answers are made.
  if (keys.includes(`left(region_code, ${digits})`)) return true;
  if (within) {
    const isWhole = within.every((code) => code.length >= digits);
    return isWhole && new Set(within.map((code) => code.slice(0, digits))).size === 1;
  }
  const { rows } = await sql<{ is_one: boolean }>`
    select (select region_code from ${sql.table(name)} order by region_code using ~<~ limit 1)
           is not distinct from
           (select region_code from ${sql.table(name)} order by region_code using ~>~ limit 1) as is_one`.execute(
    db,
  );
  return rows[0]!.is_one;
}

const yearsOf = ({ from, to }: Period): [number, number] => [
  Number(from.slice(0, 4)),
  Number(to.slice(0, 4)),
];
const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** An expression of the months in which somebody worked, of those in the period, as bits; of a part of a month by its days. */
function monthsOf(period: Period): string {
  const { months, days } = splitMonths(period);
  const byYear = new Map<number, string[]>();
  const add = (year: number, expression: string) =>
    byYear.set(year, [...(byYear.get(year) ?? []), expression]);
  const [firstYear, lastYear] = yearsOf(period);
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
