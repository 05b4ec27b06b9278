import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** Runs `work` in the caller's transaction where `db` is one, otherwise in one of its own. */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (tx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? await work(db) : await db.transaction().execute(work);
}
