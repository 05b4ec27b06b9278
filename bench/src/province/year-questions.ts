import type { StatisticsQuestion } from "@hanyouxu/api";
import { type RawBuilder, sql } from "kysely";

/** A question about the year, and the same asked of the rows: the sum of what it answers must be that of the peer. */
export interface YearQuestion {
  name: string;
  question: StatisticsQuestion;
  /** Rows with a number `value`: the first measure. */
  peer: RawBuilder<{ value: number }>;
}

const year = { from: "2025-01-01", to: "2025-12-31" };
const brokenYear = { from: "2025-01-13", to: "2025-12-19" };
const asked = (question: Partial<StatisticsQuestion>): StatisticsQuestion => ({
  measures: ["sessions"],
  dimensions: [],
  filters: {},
  ...year,
  isCompared: false,
  limit: 5_000,
  ...question,
});
const IN_YEAR = "at >= '2025-01-01T00:00+08' and at < '2026-01-01T00:00+08'";
const inYear = (column: string) => sql.raw(IN_YEAR.replaceAll("at ", `${column} `));
const month = (column: string) => sql.raw(`to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM')`);

/** What people ask: over time, by place, by what a firm or a machine is, who refused and why, how many different ones. */
export const yearQuestions: readonly YearQuestion[] = [
  {
    name: "sessions and arc hours by month",
    question: asked({ measures: ["sessions", "arcHours"], dimensions: ["month"] }),
    peer: sql`select ${month("granted_at")}, count(energised_at)::int as value, sum(arc_ms) from work_sessions
      where ${inYear("granted_at")} group by 1`,
  },
  {
    name: "sessions by county, ranked",
    question: asked({ dimensions: ["county"], rank: { measure: "sessions", isDescending: true }, limit: 20 }),
    peer: sql`select left(region_code, 6), count(energised_at)::int as value from work_sessions
      where ${inYear("granted_at")} group by 1 order by 2 desc limit 20`,
  },
  {
    name: "arc hours by prefecture, month and process",
    question: asked({
      measures: ["sessions", "arcHours", "arcShare"],
      dimensions: ["month", "prefecture", "process"],
    }),
    peer: sql`select ${month("granted_at")}, left(w.region_code, 4), m.process, count(energised_at)::int as value, sum(arc_ms),
        sum(energised_ms) from work_sessions w join machines m using (machine_id) where ${inYear("granted_at")} group by 1, 2, 3`,
  },
  {
    name: "refusals by reason and industry",
    question: asked({ measures: ["refusals", "uncertifiedStopped"], dimensions: ["reason", "industry"] }),
    peer: sql`select d.reasons -> 0 ->> 'ruleId', e.industry, count(*) filter (where d.outcome = 'refuse')::int as value
      from decisions d join machines m using (machine_id) join enterprises e on e.enterprise_id = m.enterprise_id
      where ${inYear("decided_at")} group by 1, 2`,
  },
  {
    name: "refusal share by month, compared",
    question: asked({ measures: ["refusals", "refusalShare"], dimensions: ["month"], isCompared: true }),
    peer: sql`select ${month("decided_at")}, count(*) filter (where outcome = 'refuse')::int as value, count(*) from decisions
      where ${inYear("decided_at")} group by 1`,
  },
  {
    name: "working machines by month",
    question: asked({ measures: ["workingMachines"], dimensions: ["month"] }),
    peer: sql`select ${month("granted_at")}, count(distinct machine_id)::int as value from work_sessions
      where ${inYear("granted_at")} and energised_at is not null group by 1`,
  },
  {
    name: "utilisation by prefecture",
    question: asked({ measures: ["workingMachines", "machineUtilisation"], dimensions: ["prefecture"] }),
    peer: sql`select left(region_code, 4), count(distinct machine_id)::int as value from work_sessions
      where ${inYear("granted_at")} and energised_at is not null group by 1`,
  },
  {
    name: "a county day by day",
    question: asked({ measures: ["sessions", "arcHours"], dimensions: ["day"], region: "980101" }),
    peer: sql`select shanghai_day(granted_at), count(energised_at)::int as value, sum(arc_ms) from work_sessions
      where region_code like '980101%' and ${inYear("granted_at")} group by 1`,
  },
  {
    name: "the province day by day",
    question: asked({ measures: ["sessions", "arcHours"], dimensions: ["day"] }),
    peer: sql`select shanghai_day(granted_at), count(energised_at)::int as value, sum(arc_ms) from work_sessions
      where ${inYear("granted_at")} group by 1`,
  },
  {
    name: "sessions by township, ranked",
    question: asked({ dimensions: ["township"], rank: { measure: "sessions", isDescending: true } }),
    peer: sql`select region_code, count(energised_at)::int as value from work_sessions
      where ${inYear("granted_at")} group by 1 order by 2 desc`,
  },
  {
    name: "working welders by county",
    question: asked({ measures: ["workingWelders"], dimensions: ["county"] }),
    peer: sql`select left(region_code, 6), count(distinct welder_id)::int as value from work_sessions
      where ${inYear("granted_at")} and energised_at is not null group by 1`,
  },
  {
    name: "working firms and machines of one process by prefecture, from and to the middle of a month",
    question: asked({
      measures: ["workingMachines", "workingFirms"],
      dimensions: ["prefecture"],
      filters: { process: ["GTAW"] },
      ...brokenYear,
    }),
    peer: sql`select left(w.region_code, 4), count(distinct machine_id)::int as value, count(distinct w.enterprise_id)
      from work_sessions w join machines m using (machine_id)
      where granted_at >= '2025-01-13T00:00+08' and granted_at < '2025-12-20T00:00+08'
        and energised_at is not null and m.process = 'GTAW' group by 1`,
  },
];
