import type { Insertable, Kysely } from "kysely";
import type { DemoAccountsTable, DemoLabelsTable, Tables } from "../../db/tables.ts";

export async function insertDemoAccount(
  db: Kysely<Tables>,
  row: Insertable<DemoAccountsTable>,
): Promise<void> {
  await db.insertInto("demo_accounts").values(row).execute();
}

export async function insertDemoLabel(db: Kysely<Tables>, row: Insertable<DemoLabelsTable>): Promise<void> {
  await db.insertInto("demo_labels").values(row).execute();
}

export async function selectDemoAccounts(db: Kysely<Tables>) {
  return await db
    .selectFrom("demo_accounts as d")
    .innerJoin("persons as p", "p.person_id", "d.person_id")
    .innerJoin("role_grants as r", "r.person_id", "d.person_id")
    .leftJoin("staff_accounts as s", "s.person_id", "d.person_id")
    .select(["d.note", "d.phone", "d.username", "d.password_ciphertext"])
    .select(["p.name_ciphertext", "r.role", "s.totp_ciphertext"])
    .orderBy("d.place")
    .execute();
}

export async function selectDemoLabels(db: Kysely<Tables>) {
  return await db
    .selectFrom("demo_labels as d")
    .innerJoin("machines as m", "m.machine_id", "d.machine_id")
    .select(["d.note", "m.machine_code", "m.name"])
    .orderBy("d.place")
    .execute();
}
