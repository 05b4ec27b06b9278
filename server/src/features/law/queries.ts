import type { EnterpriseId } from "@hanyouxu/protocol";
import type { WorkRegime } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

export async function findEnterpriseRegime(db: Kysely<Tables>, enterpriseId: EnterpriseId) {
  return await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "region_code", "regime"])
    .where("enterprise_id", "=", enterpriseId)
    .executeTakeFirst();
}

export async function setEnterpriseRegime(
  db: Kysely<Tables>,
  enterpriseId: EnterpriseId,
  regime: WorkRegime,
): Promise<void> {
  await db.updateTable("enterprises").set({ regime }).where("enterprise_id", "=", enterpriseId).execute();
}
