import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { StaffInvitationsTable } from "../../db/tables/regions.ts";
import type { RoleGrantsTable, StaffAccountsTable, Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

export interface StaffFilter {
  scope: ReachedRows;
  personId?: string;
  text?: string;
  region?: string;
  role?: string;
  department?: string;
  status?: "active" | "invited" | "deactivated";
}

export type StaffSort = "username" | "-username" | "region" | "-region";
const sortColumns = { username: "a.username", region: "a.region_code" } as const;

function staffStatus() {
  return sql<"active" | "invited" | "deactivated">`case
    when not p.is_active then 'deactivated' when a.password_hash = '' then 'invited' else 'active' end`;
}

function staffMatching(db: Kysely<Tables>, filter: StaffFilter) {
  const { scope, personId, text, region, role, department, status } = filter;
  const has = (column: "role" | "department_key", value: string) =>
    sql<boolean>`exists (select from role_grants g
      where g.person_id = a.person_id and ${sql.ref(`g.${column}`)} = ${value})`;
  return db
    .selectFrom("staff_accounts as a")
    .innerJoin("persons as p", "p.person_id", "a.person_id")
    .leftJoin("regions as r", "r.region_code", "a.region_code")
    .where(withinRegions(scope, "a.region_code"))
    .$if(personId !== undefined, (query) => query.where("a.person_id", "=", personId as PersonId))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`strpos(a.username, lower(${text}::text)) > 0`),
    )
    .$if(region !== undefined, (query) => query.where("a.region_code", "like", `${region}%` as RegionCode))
    .$if(role !== undefined, (query) => query.where(has("role", role!)))
    .$if(department !== undefined, (query) => query.where(has("department_key", department!)))
    .$if(status !== undefined, (query) => query.where(staffStatus(), "=", status!));
}

export async function countStaff(db: Kysely<Tables>, filter: StaffFilter): Promise<number> {
  const row = await staffMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectStaff(
  db: Kysely<Tables>,
  filter: StaffFilter,
  sort: StaffSort = "username",
  part = { limit: 1, offset: 0 },
) {
  const column = sortColumns[sort.replace("-", "") as keyof typeof sortColumns];
  return await staffMatching(db, filter)
    .select(["a.person_id", "a.username", "a.region_code", "r.name as region_name", "p.name_ciphertext"])
    .select((expression) => [
      staffStatus().as("status"),
      expression
        .selectFrom("sign_ins as s")
        .select((inner) => inner.fn.max("s.started_at").as("at"))
        .whereRef("s.person_id", "=", "a.person_id")
        .as("last_sign_in_at"),
    ])
    .orderBy(column, (order) => (sort.startsWith("-") ? order.desc().nullsLast() : order.asc().nullsLast()))
    .orderBy("a.person_id")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}

export type StaffRow = Awaited<ReturnType<typeof selectStaff>>[number];

export async function selectGrants(db: Kysely<Tables>, personIds: readonly PersonId[]) {
  return await db
    .selectFrom("role_grants as g")
    .leftJoin("regions as r", "r.region_code", "g.region_code")
    .selectAll("g")
    .select("r.name as region_name")
    .where(sql<boolean>`g.person_id = any(${[...personIds]}::uuid[])`)
    .orderBy("g.granted_at")
    .orderBy("g.role_grant_id")
    .execute();
}

export type GrantRow = Selectable<RoleGrantsTable> & { region_name: string | null };

export async function insertGrant(db: Kysely<Tables>, row: Insertable<RoleGrantsTable>): Promise<void> {
  await db.insertInto("role_grants").values(row).execute();
}

export async function deleteGrant(db: Kysely<Tables>, roleGrantId: string): Promise<void> {
  await db.deleteFrom("role_grants").where("role_grant_id", "=", roleGrantId).execute();
}

export async function insertStaff(
  db: Kysely<Tables>,
  nameCiphertext: Uint8Array,
  account: Insertable<StaffAccountsTable>,
): Promise<void> {
  await db
    .insertInto("persons")
    .values({
      person_id: account.person_id,
      name_ciphertext: nameCiphertext,
      phone_ciphertext: null,
      phone_index: null,
      created_at: account.created_at,
    })
    .execute();
  await db.insertInto("staff_accounts").values(account).execute();
}

/** Locks the account, so that changes of one account come one after the other. */
export async function lockStaff(tx: Kysely<Tables>, personId: PersonId): Promise<void> {
  await tx
    .selectFrom("staff_accounts")
    .select("person_id")
    .where("person_id", "=", personId)
    .forUpdate()
    .execute();
}

export async function setPersonActive(
  tx: Kysely<Tables>,
  personId: PersonId,
  isActive: boolean,
): Promise<void> {
  await tx.updateTable("persons").set({ is_active: isActive }).where("person_id", "=", personId).execute();
}

export async function endSignIns(tx: Kysely<Tables>, personId: PersonId, now: Date): Promise<number> {
  const result = await tx
    .updateTable("sign_ins")
    .set({ revoked_at: now })
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function insertInvitation(
  tx: Kysely<Tables>,
  row: Insertable<StaffInvitationsTable>,
): Promise<void> {
  await tx.insertInto("staff_invitations").values(row).execute();
}

export async function withdrawInvitations(tx: Kysely<Tables>, personId: PersonId, now: Date): Promise<void> {
  await tx
    .updateTable("staff_invitations")
    .set({ withdrawn_at: now })
    .where("person_id", "=", personId)
    .where("used_at", "is", null)
    .where("withdrawn_at", "is", null)
    .execute();
}

/** An invitation that still holds, of somebody whose account does. */
export async function findInvitation(db: Kysely<Tables>, tokenDigest: Uint8Array, now: Date) {
  return await db
    .selectFrom("staff_invitations as i")
    .innerJoin("staff_accounts as a", "a.person_id", "i.person_id")
    .innerJoin("persons as p", "p.person_id", "i.person_id")
    .select(["i.invitation_id", "i.person_id", "i.totp_ciphertext", "i.expires_at", "a.username"])
    .where("i.token_digest", "=", tokenDigest)
    .where("i.used_at", "is", null)
    .where("i.withdrawn_at", "is", null)
    .where("i.expires_at", ">", now)
    .where("p.is_active", "=", true)
    .executeTakeFirst();
}

/** Uses an invitation up; false when another request was quicker. */
export async function useInvitation(tx: Kysely<Tables>, invitationId: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable("staff_invitations")
    .set({ used_at: now })
    .where("invitation_id", "=", invitationId)
    .where("used_at", "is", null)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function setCredentials(
  tx: Kysely<Tables>,
  personId: PersonId,
  credentials: Pick<Insertable<StaffAccountsTable>, "password_hash" | "totp_ciphertext" | "totp_last_step">,
): Promise<void> {
  await tx.updateTable("staff_accounts").set(credentials).where("person_id", "=", personId).execute();
}
