import type { HotWorkPermitStatus } from "@hanyouxu/api";
import type { HotWorkPermitId, MachineCode, PersonId, RegionCode } from "@hanyouxu/protocol";
import { shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Insertable, type Kysely, type Selectable, type SqlBool, sql, type Updateable } from "kysely";
import type { HotWorkPermitsTable } from "../../db/tables/hot-work-permits.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface PermitFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  permitId?: string;
  verificationCode?: string;
  /** Those on which he is welder, supervisor or fire watch. */
  ofPerson?: PersonId;
  status?: HotWorkPermitStatus | undefined;
  region?: string | undefined;
  keyAreaId?: string | undefined;
  siteOwnerEnterpriseId?: string | undefined;
  contractorEnterpriseId?: string | undefined;
  /** Shanghai day that the permit's time touches. */
  day?: string | undefined;
  text?: string | undefined;
}

const FIRMS = ["h.site_owner_enterprise_id", "h.contractor_enterprise_id"] as const;

function permitsMatching(db: Db, filter: PermitFilter) {
  const { scope, permitId, verificationCode, ofPerson, status, region, keyAreaId, day, text } = filter;
  const { siteOwnerEnterpriseId: owner, contractorEnterpriseId: contractor } = filter;
  const dayStartMs = day === undefined ? 0 : shanghaiDayStartMs(day);
  return db
    .selectFrom("hot_work_permits as h")
    .innerJoin("regions as r", "r.region_code", "h.region_code")
    .innerJoin("persons as p", "p.person_id", "h.welder_person_id")
    .leftJoin("key_areas as a", "a.key_area_id", "h.key_area_id")
    .leftJoin("enterprises as o", "o.enterprise_id", "h.site_owner_enterprise_id")
    .leftJoin("enterprises as c", "c.enterprise_id", "h.contractor_enterprise_id")
    .leftJoin("machines as m", "m.machine_id", "h.machine_id")
    .$if(scope !== undefined, (query) =>
      query
        .where(withinScope(scope!, "h.region_code", ...FIRMS))
        // A draft is nobody's but the welder's.
        .where("h.status", "!=", "draft"),
    )
    .$if(permitId !== undefined, (query) => query.where("h.permit_id", "=", permitId as HotWorkPermitId))
    .$if(verificationCode !== undefined, (query) =>
      query.where("h.verification_code", "=", verificationCode!),
    )
    .$if(ofPerson !== undefined, (query) =>
      query.where(sql<SqlBool>`(h.welder_person_id = ${ofPerson}::uuid or (h.status <> 'draft' and
        (h.fire_watch_person_id = ${ofPerson}::uuid or h.supervisor_person_id = ${ofPerson}::uuid)))`),
    )
    .$if(status !== undefined, (query) => query.where("h.status", "=", status!))
    .$if(region !== undefined, (query) => query.where("h.region_code", "like", `${region}%` as RegionCode))
    .$if(keyAreaId !== undefined, (query) => query.where(sql<SqlBool>`h.key_area_id = ${keyAreaId}::uuid`))
    .$if(owner !== undefined, (query) =>
      query.where(sql<SqlBool>`h.site_owner_enterprise_id = ${owner}::uuid`),
    )
    .$if(contractor !== undefined, (query) =>
      query.where(sql<SqlBool>`h.contractor_enterprise_id = ${contractor}::uuid`),
    )
    .$if(day !== undefined, (query) =>
      query.where(sql<SqlBool>`coalesce(h.valid_from, h.planned_from) < ${new Date(dayStartMs + 86_400_000)}
        and coalesce(h.ended_at, h.valid_to, h.planned_to) >= ${new Date(dayStartMs)}`),
    )
    .$if(text !== undefined && text !== "", (query) =>
      query.where(sql<SqlBool>`(strpos(h.permit_number, upper(${text})) > 0
        or strpos(lower(coalesce(o.name, '')), lower(${text})) > 0
        or strpos(lower(coalesce(c.name, '')), lower(${text})) > 0
        or strpos(lower(coalesce(a.name, '')), lower(${text})) > 0
        or strpos(lower(h.place_description), lower(${text})) > 0)`),
    );
}

/** Newest first, with the names of what they name. */
export async function selectPermits(db: Db, filter: PermitFilter, limit: number, offset: number) {
  return await permitsMatching(db, filter)
    .selectAll("h")
    .select([
      "r.name as region_name",
      "p.name_ciphertext",
      "a.name as key_area_name",
      "o.name as site_owner_name",
      "c.name as contractor_name",
      "m.name as machine_name",
      "m.machine_code",
    ])
    .$castTo<PermitRow>()
    .orderBy("h.created_at", "desc")
    .orderBy("h.permit_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** A permit with the names of what it names; the welder's name is sealed. */
export interface PermitRow extends Selectable<HotWorkPermitsTable> {
  region_name: string;
  name_ciphertext: Uint8Array;
  key_area_name: string | null;
  site_owner_name: string | null;
  contractor_name: string | null;
  machine_name: string | null;
  machine_code: MachineCode | null;
}

export async function countPermits(db: Db, filter: PermitFilter): Promise<number> {
  const row = await permitsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertPermit(tx: Db, row: Insertable<HotWorkPermitsTable>): Promise<void> {
  await tx.insertInto("hot_work_permits").values(row).execute();
}

/** Locks the permit's row until the transaction ends. */
export async function lockPermit(tx: Db, permitId: string): Promise<LockedPermit | undefined> {
  return await tx
    .selectFrom("hot_work_permits")
    .selectAll()
    .where("permit_id", "=", permitId as HotWorkPermitId)
    .forUpdate()
    .executeTakeFirst();
}

export type LockedPermit = Selectable<HotWorkPermitsTable>;

export async function updatePermit(
  tx: Db,
  permitId: HotWorkPermitId,
  change: Updateable<HotWorkPermitsTable>,
): Promise<void> {
  await tx.updateTable("hot_work_permits").set(change).where("permit_id", "=", permitId).execute();
}

/** In the order they were sampled. */
export async function selectGasTests(db: Db, permitId: HotWorkPermitId) {
  return await db
    .selectFrom("hot_work_gas_tests as g")
    .innerJoin("persons as p", "p.person_id", "g.tester_person_id")
    .selectAll("g")
    .select("p.name_ciphertext")
    .where("g.permit_id", "=", permitId)
    .orderBy("g.sampled_at")
    .orderBy("g.gas_test_id")
    .execute();
}

export async function selectPermitPhotos(db: Db, permitId: HotWorkPermitId) {
  return await db
    .selectFrom("hot_work_permit_photos")
    .selectAll()
    .where("permit_id", "=", permitId)
    .orderBy("taken_at")
    .orderBy("photo_id")
    .execute();
}

/** The permit that a picture of a measure or of a gas test belongs to. */
export async function selectPermitOfPhoto(db: Db, photoId: string): Promise<string | undefined> {
  const { rows } = await sql<{ permit_id: string }>`
    select permit_id from hot_work_permit_photos where photo_id = ${photoId}::uuid
    union all select permit_id from hot_work_gas_tests where photo_blob_id = ${photoId}::uuid limit 1`.execute(
    db,
  );
  return rows[0]?.permit_id;
}

/** Sealed names of people by their ids. */
export async function selectNames(db: Db, personIds: readonly PersonId[]) {
  if (personIds.length === 0) return new Map<PersonId, Uint8Array>();
  const rows = await db
    .selectFrom("persons")
    .select(["person_id", "name_ciphertext"])
    .where("person_id", "in", personIds)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.name_ciphertext]));
}
