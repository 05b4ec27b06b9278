import type { DepartmentSettings } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

export async function selectDepartments(db: Kysely<Tables>) {
  return await db.selectFrom("departments").selectAll().orderBy("place").execute();
}

export async function selectDepartment(db: Kysely<Tables>, key: string) {
  return await db.selectFrom("departments").selectAll().where("department_key", "=", key).executeTakeFirst();
}

export async function updateDepartment(
  db: Kysely<Tables>,
  key: string,
  { name, rights, mayCommand }: DepartmentSettings,
): Promise<void> {
  await db
    .updateTable("departments")
    .set({
      name_zh: name.zh,
      name_en: name.en,
      rights: JSON.stringify(rights),
      may_command: mayCommand,
    })
    .where("department_key", "=", key)
    .execute();
}
