import type { KeyAreaId, PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Makes valid signs void: all of an area, or those of floors that are not among `floors`. */
export async function voidSignsOf(
  tx: Kysely<Tables>,
  { keyAreaId, floors }: { keyAreaId: KeyAreaId; floors?: readonly string[] },
  { actor, reason, at }: { actor: PersonId; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable("key_area_signs")
    .set({ state: "void", voided_at: at, voided_by: actor, void_reason: reason })
    .where("key_area_id", "=", keyAreaId)
    .where("state", "=", "valid")
    .$if(floors !== undefined, (query) =>
      query.where(sql<boolean>`floor is not null and floor <> all(${[...(floors ?? [])]}::text[])`),
    )
    .execute();
}
