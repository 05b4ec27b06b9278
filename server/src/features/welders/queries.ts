import type { PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { holdsMachineAtWork } from "../../db/at-work.ts";
import type { Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export async function findWelderId(db: Db, personId: PersonId): Promise<WelderId | undefined> {
  const row = await db
    .selectFrom("welders")
    .select("welder_id")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row?.welder_id;
}

export interface WelderRow {
  welder_id: WelderId;
  name_ciphertext: Uint8Array;
  phone_ciphertext: Uint8Array | null;
  identity_ciphertext: Uint8Array | null;
  region_code: RegionCode;
  region_name: string;
  status: "active" | "suspended";
  created_at: Date;
  person_id: PersonId;
  certificate_count: number;
  valid_to: string | null;
  certificate_state: "counting" | "expiring" | "waiting" | "rejected" | "lapsed" | "none";
}

export interface WelderFilter {
  scope?: ReachedRows;
  welderId?: string;
  region?: string;
  family?: string;
  state?: WelderRow["certificate_state"];
  /** How long what counts goes on. */
  lasts?: "long" | "90-days" | "30-days";
  /** Whether a machine in the welder's hands is under power; online is who was heard since. */
  work?: { isAtWork: boolean; heardSince: Date };
  /** Blind indexes of a number typed whole: phone, identity, certificate. */
  numberIndexes?: { phone: Uint8Array; identity: Uint8Array; certificate: Uint8Array };
  /** `YYYY-MM-DD` in Shanghai, 30 days later and 90. */
  today: string;
  soon: string;
  later: string;
}

export type WelderSort = "createdAt" | "-createdAt" | "region" | "-region";

/** True for welders `w` within reach: staff see those of their regions, a firm those who work for it. */
export function weldersReached({ everywhere, regions, enterprises }: ReachedRows): RawBuilder<boolean> {
  if (everywhere) return sql<boolean>`true`;
  const employed = sql`exists (select from enterprise_welders b
    where b.welder_id = w.welder_id and b.enterprise_id = any(${[...enterprises]}::uuid[]))`;
  return sql<boolean>`(${sql.join([employed, ...regions.map((code) => sql`w.region_code like ${`${code}%`}`)], sql` or `)})`;
}

/** Over what counts of a welder, `c.good_until`. */
function lastsSo(lasts: NonNullable<WelderFilter["lasts"]>, days: Pick<WelderFilter, "soon" | "later">) {
  if (lasts === "long") return sql`c.good_until >= ${days.later}`;
  return lasts === "90-days"
    ? sql`c.good_until >= ${days.soon} and c.good_until < ${days.later}`
    : sql`c.good_until < ${days.soon}`;
}

function weldersMatching(filter: WelderFilter): RawBuilder<unknown> {
  const { scope, welderId, region, family, state, numberIndexes, lasts, work, today, soon } = filter;
  const conditions = [
    scope && weldersReached(scope),
    welderId && sql`w.welder_id = ${welderId}::uuid`,
    region && sql`w.region_code like ${`${region}%`}`,
    family &&
      sql`exists (select from certificates f where f.welder_id = w.welder_id and f.family = ${family})`,
    state && sql`c.certificate_state = ${state}`,
    lasts && lastsSo(lasts, filter),
    work && sql`${holdsMachineAtWork(work.heardSince)} = ${work.isAtWork}`,
    numberIndexes &&
      sql`(p.phone_index = ${numberIndexes.phone} or w.identity_index = ${numberIndexes.identity}
           or exists (select from certificates n where n.welder_id = w.welder_id
                      and n.number_index = ${numberIndexes.certificate}))`,
  ].filter((condition) => condition !== undefined && condition !== "");
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  return sql`
    from welders w
    join persons p on p.person_id = w.person_id
    join regions r on r.region_code = w.region_code
    cross join lateral (
      select a.certificate_count, a.valid_to, a.good_until,
             case when a.good_until >= ${soon} then 'counting' when a.good_until is not null then 'expiring'
                  when a.any_submitted then 'waiting' when a.any_rejected then 'rejected'
                  when a.certificate_count > 0 then 'lapsed' else 'none' end as certificate_state
      from (select count(*) as certificate_count,
                   max(k.valid_to) filter (where k.counts) as valid_to,
                   max(least(k.valid_to, coalesce(k.review_due_on, k.valid_to))) filter (where k.counts) as good_until,
                   bool_or(k.verification = 'submitted') as any_submitted,
                   bool_or(k.verification = 'rejected') as any_rejected
            from (select valid_to, review_due_on, verification,
                         verification = 'verified' and status = 'valid' and valid_from <= ${today}
                           and valid_to >= ${today} and (review_due_on is null or review_due_on >= ${today}) as counts
                  from certificates where welder_id = w.welder_id) k) a) c
    where ${where}`;
}

const orders: Record<WelderSort, RawBuilder<unknown>> = {
  createdAt: sql`w.created_at, w.welder_id`,
  "-createdAt": sql`w.created_at desc, w.welder_id desc`,
  region: sql`w.region_code, w.welder_id`,
  "-region": sql`w.region_code desc, w.welder_id`,
};

export async function selectWelders(
  db: Db,
  filter: WelderFilter,
  sort: WelderSort,
  limit: number,
  offset: number,
): Promise<WelderRow[]> {
  const { rows } = await sql<WelderRow>`
    select w.welder_id, w.person_id, p.name_ciphertext, p.phone_ciphertext, w.identity_ciphertext, w.region_code,
           r.name as region_name, w.status, w.created_at, c.certificate_count, c.valid_to, c.certificate_state
    ${weldersMatching(filter)}
    order by ${orders[sort]} limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function countWelders(db: Db, filter: WelderFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${weldersMatching(filter)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

export async function selectEmployers(db: Db, welderId: WelderId) {
  return await db
    .selectFrom("enterprise_welders as b")
    .innerJoin("enterprises as e", "e.enterprise_id", "b.enterprise_id")
    .select(["e.enterprise_id", "e.name"])
    .where("b.welder_id", "=", welderId)
    .orderBy("e.name")
    .execute();
}
