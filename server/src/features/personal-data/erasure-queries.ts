import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { ErasureRequestsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export interface ErasureFilter {
  scope?: ReachedRows;
  status?: string | undefined;
  personId?: PersonId;
  erasureRequestId?: string;
}

function requestsMatching(db: Kysely<Tables>, filter: ErasureFilter) {
  return db
    .selectFrom("erasure_requests as q")
    .innerJoin("persons as p", "p.person_id", "q.person_id")
    .leftJoin("regions as r", "r.region_code", "q.region_code")
    .$if(filter.scope !== undefined, (query) => query.where(withinScope(filter.scope!, "q.region_code")))
    .$if(filter.status !== undefined, (query) => query.where(sql<boolean>`q.status = ${filter.status}`))
    .$if(filter.personId !== undefined, (query) => query.where("q.person_id", "=", filter.personId!))
    .$if(filter.erasureRequestId !== undefined, (query) =>
      query.where("q.erasure_request_id", "=", filter.erasureRequestId!),
    );
}

export async function countRequests(db: Kysely<Tables>, filter: ErasureFilter): Promise<number> {
  const row = await requestsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export type ErasureRow = Awaited<ReturnType<typeof selectRequests>>[number];

/** Newest first. */
export async function selectRequests(db: Kysely<Tables>, filter: ErasureFilter, limit = 1, offset = 0) {
  return await requestsMatching(db, filter)
    .selectAll("q")
    .select(["p.name_ciphertext", "r.name as region_name"])
    .orderBy("q.requested_at", "desc")
    .orderBy("q.erasure_request_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function insertRequest(
  db: Kysely<Tables>,
  row: Insertable<ErasureRequestsTable>,
): Promise<void> {
  await db.insertInto("erasure_requests").values(row).execute();
}

/** Holds the request for this transaction: two officials cannot both decide. */
export async function lockRequest(db: Kysely<Tables>, erasureRequestId: string) {
  return await db
    .selectFrom("erasure_requests")
    .select(["status", "person_id"])
    .where("erasure_request_id", "=", erasureRequestId)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeRequest(
  db: Kysely<Tables>,
  erasureRequestId: string,
  change: Updateable<ErasureRequestsTable>,
): Promise<void> {
  await db
    .updateTable("erasure_requests")
    .set(change)
    .where("erasure_request_id", "=", erasureRequestId)
    .execute();
}

export async function selectDue(db: Kysely<Tables>, now: Date) {
  return await db
    .selectFrom("erasure_requests")
    .select(["erasure_request_id", "person_id"])
    .where("status", "=", "partly")
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .limit(100)
    .execute();
}

export async function isAtWork(db: Kysely<Tables>, personId: PersonId): Promise<boolean> {
  const row = await db
    .selectFrom("work_sessions as s")
    .innerJoin("welders as w", "w.welder_id", "s.welder_id")
    .select("s.work_session_id")
    .where("w.person_id", "=", personId)
    .where("s.status", "in", ["granted", "energised"])
    .executeTakeFirst();
  return row !== undefined;
}

export async function isStaff(db: Kysely<Tables>, personId: PersonId): Promise<boolean> {
  const row = await db
    .selectFrom("staff_accounts")
    .select("person_id")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row !== undefined;
}
