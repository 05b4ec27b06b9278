import { type Kysely, sql } from "kysely";
import { personsWithin } from "../../db/persons-within.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export interface AuditFilter {
  scope: ReachedRows;
  actor?: string | undefined;
  /** Beginnings. */
  action?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** An entry lies where its actor belongs, or where the machine, firm, person or client lies that it is about. */
function entryWithin(scope: ReachedRows) {
  if (scope.everywhere) return sql<boolean>`true`;
  const people = personsWithin(scope);
  return sql<boolean>`(
    a.actor in (select p.person_id::text from ${people} p)
    or a.actor in (select 'client:' || c.client_id from api_clients c
                   where ${withinScope(scope, "c.region_code")})
    or a.subject in (select 'client:' || c.client_id from api_clients c
                     where ${withinScope(scope, "c.region_code")})
    or a.subject in (select 'person:' || p.person_id from ${people} p)
    or a.subject in (select 'machine:' || m.machine_id from machines m
                     where ${withinScope(scope, "m.region_code", "m.enterprise_id")})
    or a.subject in (select 'enterprise:' || e.enterprise_id from enterprises e
                     where ${withinScope(scope, "e.region_code", "e.enterprise_id")}))`;
}

function entriesMatching(db: Kysely<Tables>, { scope, actor, action, subject, from, to }: AuditFilter) {
  return db
    .selectFrom("audit_log as a")
    .where(entryWithin(scope))
    .$if(actor !== undefined, (query) => query.where("a.actor", "=", actor!))
    .$if(action !== undefined, (query) => query.where(sql<boolean>`starts_with(a.action, ${action})`))
    .$if(subject !== undefined, (query) => query.where(sql<boolean>`starts_with(a.subject, ${subject})`))
    .$if(from !== undefined, (query) => query.where("a.at", ">=", new Date(from!)))
    .$if(to !== undefined, (query) => query.where("a.at", "<", new Date(to!)));
}

export async function countEntries(db: Kysely<Tables>, filter: AuditFilter): Promise<number> {
  const row = await entriesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Newest first, with the actor's sealed name or his client's name. */
export async function selectEntries(db: Kysely<Tables>, filter: AuditFilter, limit: number, offset: number) {
  return await entriesMatching(db, filter)
    .leftJoin("persons as p", (join) => join.on(sql<boolean>`p.person_id::text = a.actor`))
    .leftJoin("api_clients as c", (join) => join.on(sql<boolean>`'client:' || c.client_id = a.actor`))
    .select(["a.seq", "a.at", "a.actor", "a.action", "a.subject", "a.details"])
    .select(["p.name_ciphertext", "c.name as client_name"])
    .orderBy("a.seq", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}
