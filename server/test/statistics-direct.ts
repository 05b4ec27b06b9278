import type { StatisticsQuestion } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { expect } from "vitest";
import type { AppContext } from "../src/context.ts";
import { answerQuestion } from "../src/features/statistics/statistics.ts";

export const everywhere = { everywhere: true, regions: [], enterprises: [] } as const;
/** Of all sessions from the end of February to that of March 2026 and some days more. */
export const asked = (question: Partial<StatisticsQuestion>): StatisticsQuestion => ({
  measures: ["sessions"],
  dimensions: [],
  filters: {},
  from: "2026-02-20",
  to: "2026-04-10",
  isCompared: false,
  limit: 5_000,
  ...question,
});

/** Each row of an answer as one text, zero rows left out. */
export async function answeredRows(
  app: AppContext,
  question: Partial<StatisticsQuestion>,
  regions: readonly RegionCode[] | null = null,
): Promise<string[]> {
  // Nothing is withheld here.
  const ctx = { ...app, config: { ...app.config, smallestCount: 1 } };
  const scope = regions ? { everywhere: false, regions, enterprises: [] } : everywhere;
  const { rows } = await answerQuestion(ctx, asked(question), () => scope);
  return rows
    .filter(({ figures }) => figures.some(({ value }) => value))
    .map(({ keys, figures }) =>
      JSON.stringify([...keys.map(({ value }) => value), ...figures.map(({ value }) => value)]),
    )
    .sort();
}

export type DirectQuery = ReturnType<typeof sql<{ row: unknown[] }>>;

/** Rows straight from what happened, each the value `row`, written as those of answers. */
export async function directRows({ db }: Pick<AppContext, "db">, query: DirectQuery): Promise<string[]> {
  const { rows } = await query.execute(db);
  return rows.map(({ row }) => JSON.stringify(row)).sort();
}

/** Days of prefectures by process, and different ones of wide regions, within reaches and by keys that tell the regions of a table apart or do not. */
export async function expectSameWidely(ctx: AppContext): Promise<void> {
  const month = "to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM')";
  const prefecture = "left(w.region_code, 4)";
  const questions: { key: string | null; question: Partial<StatisticsQuestion> }[] = [
    { key: null, question: {} },
    { key: month, question: { dimensions: ["month"] } },
    { key: prefecture, question: { dimensions: ["prefecture"] } },
    { key: "left(w.region_code, 2)", question: { dimensions: ["province"] } },
    { key: "m.process", question: { dimensions: ["process"] } },
    { key: prefecture, question: { dimensions: ["prefecture"], filters: { process: ["GMAW"] } } },
    { key: month, question: { dimensions: ["month"], filters: { prefecture: ["3307", "4101"] } } },
    { key: null, question: { region: "3307" as RegionCode } },
  ];
  const reaches = [null, ["33"], ["3307", "3301"], ["330723", "410102001"]] as (RegionCode[] | null)[];
  const periods = [
    { from: "2026-02-01", to: "2026-04-30" },
    { from: "2025-12-20", to: "2026-03-11" },
  ];
  for (const { key, question } of questions) {
    for (const regions of reaches) {
      if (question.region && regions) continue;
      for (const days of periods) {
        const reach = regions ? regions.map((code) => `w.region_code like '${code}%'`).join(" or ") : "true";
        const counts =
          "count(distinct w.enterprise_id)::int, count(distinct w.machine_id)::int, count(distinct w.welder_id)::int";
        const { filters = {}, region: of } = question;
        const counted = await directRows(
          ctx,
          sql`
          select json_build_array(${sql.raw(key ? `${key}, ${counts}` : counts)}) as row
          from work_sessions w join machines m on m.machine_id = w.machine_id
          where w.energised_at is not null and (${sql.raw(reach)}) and w.region_code like ${`${of ?? ""}%`}
            and (${filters.process ?? null}::text[] is null or m.process = any(${filters.process ?? null}::text[]))
            and (${filters.prefecture ?? null}::text[] is null
                 or left(w.region_code, 4) = any(${filters.prefecture ?? null}::text[]))
            and w.granted_at >= ${`${days.from}T00:00+08`}::text::timestamptz
            and w.granted_at < ${`${days.to}T00:00+08`}::text::timestamptz + interval '1 day'
          ${sql.raw(key ? `group by ${key}` : "")}`,
        );
        const measures = ["workingFirms", "workingMachines", "workingWelders"] as const;
        expect(
          await answeredRows(ctx, { ...days, ...question, measures: [...measures] }, regions),
          JSON.stringify({ question, regions, days }),
        ).toEqual(counted.filter((row) => row !== "[0,0,0]"));
      }
    }
  }
  expect(await answeredRows(ctx, { dimensions: ["day", "prefecture", "process"] })).toEqual(
    await directRows(
      ctx,
      sql`
        select json_build_array(day, prefecture, process, sessions) as row from (
          select to_char(w.granted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, left(w.region_code, 4) as prefecture,
                 m.process, count(*)::int as sessions
          from work_sessions w join machines m on m.machine_id = w.machine_id
          where w.energised_at is not null group by 1, 2, 3) d`,
    ),
  );
}
