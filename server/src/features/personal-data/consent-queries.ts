import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { ConsentTextsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";

/** The newest version of each kind whose day has come. */
export async function selectTextsInForce(db: Kysely<Tables>, now: Date) {
  return await db
    .selectFrom("consent_texts")
    .selectAll()
    .distinctOn("kind")
    .where("effective_from", "<=", now)
    .orderBy("kind")
    .orderBy("version", "desc")
    .execute();
}

export async function selectTexts(db: Kysely<Tables>, limit: number, offset: number) {
  return await db
    .selectFrom("consent_texts as t")
    .selectAll("t")
    .select(
      sql<number>`(select count(distinct c.person_id) from consents c
        where c.consent_text_id = t.consent_text_id and c.withdrawn_at is null)`.as("consents"),
    )
    .orderBy("t.published_at", "desc")
    .orderBy("t.version", "desc")
    .orderBy("t.consent_text_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countTexts(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom("consent_texts")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function lastVersion(db: Kysely<Tables>, kind: string): Promise<number> {
  const row = await db
    .selectFrom("consent_texts")
    .select((expression) => expression.fn.max("version").as("version"))
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function findText(db: Kysely<Tables>, consentTextId: string) {
  return await db
    .selectFrom("consent_texts")
    .select(["kind", "version"])
    .where("consent_text_id", "=", consentTextId)
    .executeTakeFirst();
}

export async function insertText(db: Kysely<Tables>, row: Insertable<ConsentTextsTable>): Promise<void> {
  await db.insertInto("consent_texts").values(row).execute();
}

/** The person's standing consents with kind and version. */
export async function selectStanding(db: Kysely<Tables>, personId: PersonId) {
  return await db
    .selectFrom("consents as c")
    .innerJoin("consent_texts as t", "t.consent_text_id", "c.consent_text_id")
    .select(["c.consent_text_id", "c.given_at", "t.kind", "t.version"])
    .where("c.person_id", "=", personId)
    .where("c.withdrawn_at", "is", null)
    .orderBy("t.version", "desc")
    .execute();
}

/** Once: false when it stands already. */
export async function insertConsent(
  db: Kysely<Tables>,
  row: { consent_id: string; person_id: PersonId; consent_text_id: string; given_at: Date },
): Promise<boolean> {
  const result = await db
    .insertInto("consents")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function withdrawKind(db: Kysely<Tables>, personId: PersonId, kind: string, now: Date) {
  const result = await db
    .updateTable("consents")
    .set({ withdrawn_at: now })
    .where("person_id", "=", personId)
    .where("withdrawn_at", "is", null)
    .where("consent_text_id", "in", (inner) =>
      inner.selectFrom("consent_texts").select("consent_text_id").where("kind", "=", kind),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
