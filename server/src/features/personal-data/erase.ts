import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { PersonalField } from "../../crypto/personal-data.ts";
import type { PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { eraseRows } from "./erase-rows.ts";
import {
  isAbout,
  isErasable,
  type PersonalColumn,
  type PersonalTable,
  partOf,
  personalTables,
} from "./personal-tables.ts";

type EraseContext = Pick<AppContext, "random" | "personalData" | "clock">;

/** What stands where a name stood: lists and records still open it. */
export const TOMBSTONE = "已注销";

/** Fields by the column that seals them, for columns that must hold something. */
const FIELD_OF_COLUMN: Readonly<Record<string, PersonalField>> = {
  name_ciphertext: "name",
  phone_ciphertext: "phone",
  identity_ciphertext: "identity-number",
  number_ciphertext: "certificate-number",
};

/**
 * Erases the given parts of a person's data: sealed values, indexes and pictures go, and with them every way to find or
 * open them. Rows, ids and the pseudonym stay, so that work sessions and decisions keep their sense.
 * @returns the blobs whose files go once this is committed
 */
export async function erase(
  ctx: EraseContext,
  tx: Kysely<Tables>,
  personId: PersonId,
  parts: readonly PersonalPart[],
): Promise<string[]> {
  const blobIds = await eraseRows(ctx, tx, personId, parts);
  if (parts.includes("contact")) await eraseContact(ctx, tx, personId);
  for (const table of await personalTables(tx)) {
    const columns = table.columns.filter(
      (column) => isErasable(table, column) && parts.includes(partOf(table, column)),
    );
    if (columns.length > 0) await eraseColumns(ctx, tx, personId, table, columns);
  }
  return blobIds;
}

/** What is readable without a key, and what leads to a phone: sign-ins end as well. */
async function eraseContact(ctx: EraseContext, tx: Kysely<Tables>, personId: PersonId): Promise<void> {
  const person = await tx
    .selectFrom("persons")
    .select(["phone_ciphertext", "phone_index"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  if (person.phone_index) {
    await tx.deleteFrom("sign_in_codes").where("phone_index", "=", person.phone_index).execute();
  }
  if (person.phone_ciphertext) {
    const phone = ctx.personalData.open("phone", person.phone_ciphertext);
    await tx.deleteFrom("demo_inbox").where("phone", "=", phone).execute();
    await tx.deleteFrom("demo_told").where("address", "=", phone).execute();
  }
  await tx.deleteFrom("demo_accounts").where("person_id", "=", personId).execute();
  const now = new Date(ctx.clock.nowMs());
  await tx
    .updateTable("sign_ins")
    .set({ device: "", address: "", revoked_at: sql<Date>`coalesce(revoked_at, ${now}::timestamptz)` })
    .where("person_id", "=", personId)
    .execute();
  await tx.updateTable("persons").set({ is_active: false }).where("person_id", "=", personId).execute();
  await tx.updateTable("welders").set({ status: "suspended" }).where("person_id", "=", personId).execute();
}

async function eraseColumns(
  ctx: EraseContext,
  tx: Kysely<Tables>,
  personId: PersonId,
  table: PersonalTable,
  columns: readonly PersonalColumn[],
): Promise<void> {
  const changes = columns.map(({ name, isNullable }) => {
    if (isNullable) return sql`${sql.ref(name)} = null`;
    const field = FIELD_OF_COLUMN[name];
    const instead = field ? ctx.personalData.seal(field, TOMBSTONE) : ctx.random(32);
    return sql`${sql.ref(name)} = ${instead}::bytea`;
  });
  await sql`update ${sql.table(table.name)} set ${sql.join(changes)} where ${isAbout(table, personId)}`.execute(
    tx,
  );
}
