import type { RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { ApiClientsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { reachedClients, type SharingReach } from "./reach.ts";

type Db = Kysely<Tables>;

export interface ClientFilter {
  reach?: SharingReach;
  clientId?: string;
  text?: string | undefined;
}

function clientsMatching(db: Db, { reach, clientId, text }: ClientFilter) {
  return db
    .selectFrom("api_clients as c")
    .innerJoin("regions as r", "r.region_code", "c.region_code")
    .innerJoin("departments as d", "d.department_key", "c.department_key")
    .$if(reach !== undefined, (query) => query.where(reachedClients(reach!)))
    .$if(clientId !== undefined, (query) => query.where("c.client_id", "=", clientId!))
    .$if(text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(c.name), lower(${text})) > 0 or strpos(lower(d.name_zh), lower(${text})) > 0
          or strpos(lower(d.name_en), lower(${text})) > 0)`,
      ),
    );
}

export async function countClients(db: Db, filter: ClientFilter): Promise<number> {
  const row = await clientsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export type ClientRow = Awaited<ReturnType<typeof selectClients>>[number];

/** Newest first, with when their valid secrets were made. */
export async function selectClients(db: Db, filter: ClientFilter, limit = 1, offset = 0) {
  return await clientsMatching(db, filter)
    .selectAll("c")
    .select([
      "r.name as region_name",
      "d.name_zh as department_zh",
      "d.name_en as department_en",
      "d.rights",
      sql<
        string[]
      >`coalesce((select jsonb_agg(s.created_at order by s.created_at desc) from api_client_secrets s
        where s.client_id = c.client_id and s.revoked_at is null), '[]')`.as("secrets_from"),
    ])
    .orderBy("c.created_at", "desc")
    .orderBy("c.client_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function insertClient(db: Db, row: Insertable<ApiClientsTable>): Promise<void> {
  await db.insertInto("api_clients").values(row).execute();
}

export async function regionExists(db: Db, region: string): Promise<boolean> {
  const row = await db
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", region as RegionCode)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds a secret; of the older ones only the newest stays valid. */
export async function addSecret(
  db: Db,
  row: { secret_id: string; client_id: string; digest: Uint8Array; created_at: Date },
): Promise<void> {
  await sql`
    update api_client_secrets set revoked_at = ${row.created_at}::timestamptz
    where client_id = ${row.client_id}::uuid and revoked_at is null and secret_id not in (
      select secret_id from api_client_secrets where client_id = ${row.client_id}::uuid and revoked_at is null
      order by created_at desc, secret_id desc limit 1)`.execute(db);
  await db.insertInto("api_client_secrets").values(row).execute();
}

export async function setActive(db: Db, clientId: string, isActive: boolean): Promise<void> {
  await db
    .updateTable("api_clients")
    .set({ is_active: isActive })
    .where("client_id", "=", clientId)
    .execute();
}

/** The client of an id and a secret that are good together. */
export async function findClientBySecret(db: Db, clientId: string, digest: Uint8Array) {
  return await db
    .selectFrom("api_client_secrets as s")
    .innerJoin("api_clients as c", "c.client_id", "s.client_id")
    .select(["s.secret_id", "c.client_id"])
    .where("s.digest", "=", digest)
    .where("s.client_id", "=", clientId)
    .where("s.revoked_at", "is", null)
    .where("c.is_active", "=", true)
    .executeTakeFirst();
}

export async function insertToken(
  db: Db,
  row: { token_digest: Uint8Array; client_id: string; secret_id: string; issued_at: Date; expires_at: Date },
): Promise<void> {
  await db.insertInto("api_tokens").values(row).execute();
}

/** The client of a token that holds: it ends with its secret and with its client. */
export async function findClientByToken(db: Db, digest: Uint8Array, now: Date) {
  return await db
    .selectFrom("api_tokens as t")
    .innerJoin("api_clients as c", "c.client_id", "t.client_id")
    .innerJoin("api_client_secrets as s", "s.secret_id", "t.secret_id")
    .innerJoin("departments as d", "d.department_key", "c.department_key")
    .select([
      "c.client_id",
      "c.name",
      "c.region_code",
      "c.fields",
      "c.layers",
      "c.requests_per_minute",
      "c.may_count",
    ])
    .select("d.rights")
    .where("t.token_digest", "=", digest)
    .where("t.expires_at", ">", now)
    .where("c.is_active", "=", true)
    .where("s.revoked_at", "is", null)
    .executeTakeFirst();
}

export async function deleteExpiredTokens(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("api_tokens").where("expires_at", "<=", now).execute();
}
