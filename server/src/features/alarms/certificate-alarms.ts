import type { EnterpriseId, RegionCode, WelderId } from "@hanyouxu/protocol";
import {
  addDays,
  type CertificateFacts,
  type CivilDay,
  certificateEnding,
  countsForStart,
  shanghaiDay,
} from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { aboutWork, selectWorkUnderPower } from "./open-work.ts";
import type { AlarmContext } from "./store-step.ts";

/** No region looks further ahead. */
const FARTHEST_DAYS = 180;
/** Who has not worked for so long is reminded himself, and nobody else. */
const WORKS_SINCE_MS = 30 * 86_400_000;

/** Work under power whose welder has no certificate, or none any more, that counts for the machine today. */
export async function selectUncertifiedWork(ctx: AlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  const works = await selectWorkUnderPower(ctx);
  const certificates = await selectCertificates(
    ctx.db,
    works.map(({ welder_id }) => welder_id),
  );
  return works.flatMap((work) => {
    if (countsForStart(certificates.get(work.welder_id) ?? [], work.process, today)) return [];
    return [
      {
        ...aboutWork(work),
        kind: "uncertified-work" as const,
        subjectKey: `work-session:${work.work_session_id}`,
        source: `uncertified-work:${work.work_session_id}`,
        occurredAtMs: nowMs,
        data: {},
        evidence: [evidenceRef("work-session", work.work_session_id, nowMs)],
      },
    ];
  });
}

async function selectCertificates(
  db: Kysely<Tables>,
  welderIds: readonly WelderId[],
): Promise<ReadonlyMap<WelderId, CertificateFacts[]>> {
  const rows = await db
    .selectFrom("certificates")
    .select([
      "welder_id",
      "family",
      "item",
      "status",
      "verification",
      "valid_from",
      "valid_to",
      "review_due_on",
    ])
    .where(sql<boolean>`welder_id = any(${[...new Set(welderIds)]}::uuid[])`)
    .execute();
  const certificates = new Map<WelderId, CertificateFacts[]>();
  for (const { welder_id, family, item, status, verification, ...days } of rows) {
    const facts = {
      family,
      itemId: item,
      status,
      verification,
      validFromDay: days.valid_from,
      validToDay: days.valid_to,
      reviewDueDay: days.review_due_on,
    } as CertificateFacts;
    certificates.set(welder_id, [...(certificates.get(welder_id) ?? []), facts]);
  }
  return certificates;
}

interface EndingCertificate {
  certificate_id: string;
  welder_id: WelderId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  valid_to: CivilDay;
  review_due_on: CivilDay | null;
  policy: StoredPolicy | null;
}

/** Certificates of welders who have worked lately that are about to end, and were not renewed. */
export async function selectEndingCertificates({ db, clock }: AlarmContext): Promise<AlarmFact[]> {
  const nowMs = clock.nowMs();
  const today = shanghaiDay(nowMs);
  const until = addDays(today, FARTHEST_DAYS);
  const { rows } = await sql<EndingCertificate>`
    select k.certificate_id, k.welder_id, w.region_code, s.enterprise_id, k.valid_to, k.review_due_on,
           ${policyOfRegion(sql.ref("w.region_code"), nowMs)} as policy
    from certificates k
    join welders w using (welder_id)
    join lateral (
      select o.enterprise_id from work_sessions o
      where o.welder_id = k.welder_id and o.granted_at > ${new Date(nowMs - WORKS_SINCE_MS)}
      order by o.granted_at desc limit 1) s on true
    where k.verification = 'verified' and k.status = 'valid' and k.valid_to >= ${today}
      and least(k.valid_to, k.review_due_on) between ${today} and ${until}
      and not exists (select from certificates later
                      where later.welder_id = k.welder_id and later.family = k.family and later.item = k.item
                        and later.verification = 'verified' and later.status = 'valid'
                        and least(later.valid_to, later.review_due_on) > least(k.valid_to, k.review_due_on))`.execute(
    db,
  );
  return rows.flatMap((row) => {
    const days = { validToDay: row.valid_to, reviewDueDay: row.review_due_on };
    const ending = certificateEnding(days, today, alarmPolicyFrom(row.policy));
    return ending ? [factOfEnding(row, ending, nowMs)] : [];
  });
}

function factOfEnding(
  row: EndingCertificate,
  { daysLeft, isUrgent }: { daysLeft: number; isUrgent: boolean },
  nowMs: number,
): AlarmFact {
  const lastDay = addDays(shanghaiDay(nowMs), daysLeft);
  return {
    kind: "certificate-expiring",
    subjectKey: `certificate:${row.certificate_id}`,
    // One that was closed comes once more when it is urgent.
    source: `certificate:${row.certificate_id}:${lastDay}:${isUrgent ? "urgent" : "soon"}`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    welderId: row.welder_id,
    occurredAtMs: nowMs,
    data: { lastDay, daysLeft },
    evidence: [evidenceRef("certificate", row.certificate_id, nowMs)],
  };
}
