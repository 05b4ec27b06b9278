import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { addDays, FULL_CREDIT, type RiskFigures, shanghaiDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { isWithin } from "./series-queries.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;
/** What a refused start failed that means: no valid certificate. The same as credit takes points for. */
const CERTIFICATE_RULES = [
  "certificate-present",
  "certificate-covers-process",
  "certificate-in-good-standing",
  "certificate-valid-on-day",
  "certificate-reviewed",
  "certificate-not-rejected",
];

export interface FirmFigures {
  enterprise_id: EnterpriseId;
  name: string;
  region_code: RegionCode;
  region_name: string;
  figures: RiskFigures;
}

/** The figures of every active welding firm of a region, from what happened in that region alone. */
export async function selectFirmFigures(
  db: Kysely<Tables>,
  region: RegionCode,
  nowMs: number,
): Promise<FirmFigures[]> {
  const since = new Date(nowMs - DAYS * DAY_MS);
  const today = shanghaiDay(nowMs);
  const ofFirms = sql`e.status = 'active' and e.is_welding and ${isWithin("e.region_code", region)}`;
  const { rows } = await sql<FirmFigures>`
    with firms as (
      select e.enterprise_id, e.name, e.region_code from enterprises e where ${ofFirms}),
    open_alarms as (
      select a.enterprise_id, count(*)::int as n from alarms a
      where ${isWithin("a.region_code", region)} and a.closed_at is null and a.handling <> 'recorded' group by 1),
    repeated as (
      select k.enterprise_id, sum(k.n - 1)::int as n from (
        select a.enterprise_id, a.kind, count(*) as n from alarms a
        where ${isWithin("a.region_code", region)} and a.raised_at >= ${since}
          and a.handling not in ('recorded', 'false-alarm') group by 1, 2) k
      group by 1),
    refused as (
      select m.enterprise_id, count(*) filter (where c.is_uncertified)::int as uncertified,
             count(*) filter (where not c.is_uncertified)::int as other
      from decisions d join machines m using (machine_id)
      cross join lateral (
        select exists (select from jsonb_array_elements(d.reasons) reason
                       where reason->>'kind' = 'fail'
                         and reason->>'ruleId' = any(${CERTIFICATE_RULES}::text[])) as is_uncertified) c
      where ${isWithin("d.region_code", region)} and d.decided_at >= ${since} and d.outcome = 'refuse' group by 1),
    expiring as (
      select ew.enterprise_id, count(distinct c.certificate_id)::int as n
      from firms join enterprise_welders ew using (enterprise_id) join certificates c using (welder_id)
      where c.status = 'valid' and c.verification = 'verified'
        and c.valid_to >= ${today} and c.valid_to <= ${addDays(today, DAYS)} group by 1),
    overdue as (
      select r.enterprise_id, count(*)::int as n from rectifications r
      where ${isWithin("r.region_code", region)} and r.status = 'issued' and r.due_at < ${new Date(nowMs)} group by 1),
    credit as (
      select b.enterprise_id, -sum(b.points)::int as missing from credit_bookings b
      where b.enterprise_id is not null and b.ended_at is null and ${isWithin("b.region_code", region)} group by 1),
    work as (
      select s.enterprise_id, (sum(s.energised_ms) / 3600000.0)::float8 as hours,
             (100.0 * count(*) filter (where s.clearance_id is not null) / count(*))::float8 as key_share
      from work_sessions s
      where ${isWithin("s.region_code", region)} and s.granted_at >= ${since} and s.energised_at is not null
      group by 1)
    select f.enterprise_id, f.name, f.region_code, coalesce(r.name, f.region_code) as region_name,
           json_build_object(
             'open-alarms', coalesce(open_alarms.n, 0),
             'repeated-alarms', coalesce(repeated.n, 0),
             'uncertified-attempts', coalesce(refused.uncertified, 0),
             'refusals', coalesce(refused.other, 0),
             'expiring-certificates', coalesce(expiring.n, 0),
             'overdue-rectifications', coalesce(overdue.n, 0),
             'key-area-work', coalesce(work.key_share, 0),
             'credit-missing', greatest(0, least(${FULL_CREDIT}::int, coalesce(credit.missing, 0))),
             'work-volume', coalesce(work.hours, 0)) as figures
    from firms f
    left join regions r on r.region_code = f.region_code
    left join open_alarms using (enterprise_id) left join repeated using (enterprise_id)
    left join refused using (enterprise_id) left join expiring using (enterprise_id)
    left join overdue using (enterprise_id) left join credit using (enterprise_id)
    left join work using (enterprise_id)`.execute(db);
  return rows;
}
