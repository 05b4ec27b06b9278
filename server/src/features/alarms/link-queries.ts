import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** False when the two were linked before. */
export async function insertLink(
  tx: Kysely<Tables>,
  one: string,
  other: string,
  by: PersonId,
  at: Date,
): Promise<boolean> {
  const [alarm_id, other_alarm_id] = [one, other].sort() as [string, string];
  const result = await tx
    .insertInto("alarm_links")
    .values({ alarm_id, other_alarm_id, linked_by: by, linked_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
