import { type Kysely, sql } from "kysely";
import { isAtWork } from "../../db/at-work.ts";
import type { Tables } from "../../db/tables.ts";
import { withinScope } from "../../db/within-scope.ts";
import { lacksCertificate } from "../decisions/decisions.ts";
import { weldersReached } from "../welders/welders.ts";
import { alarmsWithin, type Part } from "./now-queries.ts";

type Db = Kysely<Tables>;
type Within = Omit<Part, "childLength">;

const SESSION_FIRMS = [
  "s.enterprise_id",
  "s.contractor_enterprise_id",
  "s.site_owner_enterprise_id",
] as const;

export async function countSessions(db: Db, { reach, region }: Within, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from work_sessions s
    where s.granted_at >= ${since} and s.region_code like ${`${region}%`}
      and ${withinScope(reach, "s.region_code", ...SESSION_FIRMS)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Starts that were not granted, and those of them that a certificate was missing for. */
export async function countRefused(db: Db, { reach, region }: Within, since: Date) {
  const { rows } = await sql<{ refused: number; uncertified: number }>`
    select count(*) as refused, count(*) filter (where ${lacksCertificate}) as uncertified
    from decisions d join machines m on m.machine_id = d.machine_id
    where d.outcome <> 'grant' and d.decided_at >= ${since} and d.region_code like ${`${region}%`}
      and ${withinScope(reach, "d.region_code", "m.enterprise_id")}`.execute(db);
  return rows[0] ?? { refused: 0, uncertified: 0 };
}

const HALF_HOUR_SECONDS = 1_800;
/** No work session is longer than this: earlier ones need not be looked at. */
const LONGEST_WORK_MS = 48 * 3_600_000;

/** Machines under power within each half hour of the day that begins at `day`, up to `until`; half hours of none are left out. */
export async function countByHalfHour(db: Db, { reach, region }: Within, day: Date, until: Date) {
  const seconds = (column: string) =>
    sql`floor(extract(epoch from (${sql.ref(column)} - ${day}::timestamptz)) / ${HALF_HOUR_SECONDS}::integer)`;
  const grantedSince = new Date(day.getTime() - LONGEST_WORK_MS);
  const { rows } = await sql<{ slot: number; machines: number }>`
    select w.slot, count(distinct w.machine_id) as machines
    from (
      select u.machine_id,
             generate_series(greatest(0, ${seconds("u.begun")}::integer), ${seconds("u.ended")}::integer) as slot
      from (
        select s.machine_id, s.energised_at as begun,
               least(coalesce(s.ended_at, ${until}::timestamptz), ${until}::timestamptz) - interval '1 millisecond' as ended
        from work_sessions s
        where s.granted_at >= ${grantedSince} and s.granted_at < ${until} and s.energised_at < ${until}
          and (s.ended_at is null or s.ended_at > ${day}) and s.region_code like ${`${region}%`}
          and ${withinScope(reach, "s.region_code", ...SESSION_FIRMS)}
      ) u
    ) w
    group by 1 order by 1`.execute(db);
  return rows;
}

/** By section and two digits of the division of the firm that a machine belongs to. */
export async function countByIndustry(db: Db, { reach, region }: Within, heardSince: Date) {
  const { rows } = await sql<{ code: string | null; all: number; at_work: number }>`
    select left(e.industry, 3) as code, count(*) as all, count(*) filter (where ${isAtWork(heardSince)}) as at_work
    from machines m join enterprises e on e.enterprise_id = m.enterprise_id
    left join twins t on t.chip_id = m.chip_id
    where m.region_code like ${`${region}%`} and ${withinScope(reach, "m.region_code", "m.enterprise_id")}
    group by 1 order by 3 desc, 2 desc, 1`.execute(db);
  return rows;
}

export interface CertificateDays {
  today: string;
  soon: string;
  later: string;
}

/** Welders by how long the best certificate that counts goes on; who never had one that counted is in none. */
export async function countByCertificate(db: Db, { reach, region }: Within, days: CertificateDays) {
  const { today, soon, later } = days;
  const { rows } = await sql<{ valid: number; within_90: number; within_30: number; expired: number }>`
    select count(*) filter (where k.good_until >= ${later}) as valid,
           count(*) filter (where k.good_until >= ${soon} and k.good_until < ${later}) as within_90,
           count(*) filter (where k.good_until < ${soon}) as within_30,
           count(*) filter (where k.good_until is null and k.total > 0 and not k.any_submitted
                            and not k.any_rejected) as expired
    from welders w
    join (select welder_id, count(*) as total,
                 max(least(valid_to, coalesce(review_due_on, valid_to))) filter (
                   where verification = 'verified' and status = 'valid' and valid_from <= ${today}
                     and valid_to >= ${today} and (review_due_on is null or review_due_on >= ${today})) as good_until,
                 bool_or(verification = 'submitted') as any_submitted,
                 bool_or(verification = 'rejected') as any_rejected
          from certificates group by welder_id) k on k.welder_id = w.welder_id
    where w.region_code like ${`${region}%`} and ${weldersReached(reach)}`.execute(db);
  return rows[0] ?? { valid: 0, within_90: 0, within_30: 0, expired: 0 };
}

/** Closed alarms raised since an instant: minutes from the first act of a person to the closure. */
export async function measureHandling(db: Db, within: Within, since: Date) {
  const { rows } = await sql<{ closed: number; median: number | null; p90: number | null }>`
    select count(*) as closed,
           percentile_cont(0.5) within group (order by h.minutes) as median,
           percentile_cont(0.9) within group (order by h.minutes) as p90
    from alarms a
    cross join lateral (
      select extract(epoch from (a.closed_at - min(x.at)))::double precision / 60 as minutes
      from alarm_acts x where x.alarm_id = a.alarm_id and x.actor_id is not null) h
    where a.handling = 'closed' and a.raised_at >= ${since} and ${alarmsWithin(within)}`.execute(db);
  return rows[0] ?? { closed: 0, median: null, p90: null };
}
