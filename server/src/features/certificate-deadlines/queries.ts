import type { PersonId, WorkSessionId } from "@hanyouxu/protocol";
import type { CertificateFacts, WeldingProcess } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";

export interface DueReminder {
  person_id: PersonId;
  certificate_id: string;
  family: string;
  item: string;
  kind: "expiry" | "review";
  on_day: string;
  days_left: number;
  dedup_key: string;
}

/**
 * Reminders that are due and were not given: for each last day the most urgent threshold reached. A certificate that
 * its welder has renewed, with the same item and a later day, is not spoken of.
 */
export async function selectDue(
  db: Kysely<Tables>,
  today: string,
  horizon: string,
  thresholds: readonly number[],
  limit: number,
): Promise<DueReminder[]> {
  const { rows } = await sql<DueReminder>`
    select d.*, w.person_id
    from (
      select k.certificate_id, k.welder_id, k.family, k.item, e.kind, e.on_day, e.on_day::date - ${today}::date as days_left,
             e.kind || ':' || k.certificate_id || ':' || e.on_day || ':' ||
               (select min(t) from unnest(${[...thresholds]}::int[]) t where t >= e.on_day::date - ${today}::date)
               as dedup_key
      from (select * from certificates
            where verification = 'verified' and status = 'valid' and valid_to between ${today} and ${horizon}
            union
            select * from certificates
            where verification = 'verified' and status = 'valid' and review_due_on between ${today} and ${horizon}
              and valid_to >= ${today}) k
      cross join lateral (values ('expiry', k.valid_to), ('review', k.review_due_on)) e (kind, on_day)
      where e.on_day between ${today} and ${horizon}) d
    join welders w using (welder_id)
    where not exists (select from notifications n where n.dedup_key = d.dedup_key)
      and not exists (select from certificates later
                      where later.welder_id = d.welder_id and later.family = d.family and later.item = d.item
                        and later.verification = 'verified' and later.status = 'valid'
                        and later.valid_to > ${horizon} and later.certificate_id <> d.certificate_id)
    order by d.certificate_id, d.kind
    limit ${limit}`.execute(db);
  return rows;
}

export interface DoubtfulWork {
  work_session_id: WorkSessionId;
  person_id: PersonId;
  machine_name: string;
  process: WeldingProcess;
  certificates: CertificateFacts[] | null;
  policy: StoredPolicy | null;
}

/** Open work, not yet asked to stop, of welders who have a certificate that does not count today, or none at all. */
export async function selectDoubtfulWork(
  db: Kysely<Tables>,
  today: string,
  now: Date,
): Promise<DoubtfulWork[]> {
  const { rows } = await sql<DoubtfulWork>`
    select s.work_session_id, w.person_id, m.name as machine_name, m.process,
           (select jsonb_agg(jsonb_build_object(
                     'family', k.family, 'itemId', k.item, 'status', k.status, 'verification', k.verification,
                     'validFromDay', k.valid_from, 'validToDay', k.valid_to, 'reviewDueDay', k.review_due_on))
            from certificates k where k.welder_id = s.welder_id) as certificates,
           ${policyOfRegion(sql.ref("s.region_code"), now.getTime())} as policy
    from work_sessions s
    join machines m using (machine_id)
    join welders w using (welder_id)
    where s.status in ('granted', 'energised') and s.stop_requested_at is null
      and (not exists (select from certificates k where k.welder_id = s.welder_id)
           or exists (select from certificates k
                      where k.welder_id = s.welder_id
                        and (k.verification <> 'verified' or k.status <> 'valid' or k.valid_from > ${today}
                             or k.valid_to < ${today} or k.review_due_on < ${today})))
    order by s.work_session_id
    limit 5000`.execute(db);
  return rows;
}
