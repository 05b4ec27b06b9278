import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { findPersonByPhone } from "./queries.ts";

/** The holder of a phone. One whom nobody knows yet is registered under the name given; of one who is known it stays. */
export async function personOfPhone(
  ctx: Pick<AppContext, "clock" | "newId" | "personalData">,
  tx: Kysely<Tables>,
  { name, phone }: { name: string; phone: string },
): Promise<{ personId: PersonId; isNewPerson: boolean }> {
  const { personalData } = ctx;
  const phoneIndex = personalData.blindIndex("phone", phone);
  const known = await findPersonByPhone(tx, phoneIndex);
  if (known) return { personId: known.person_id, isNewPerson: false };
  const personId = ctx.newId() as PersonId;
  await tx
    .insertInto("persons")
    .values({
      person_id: personId,
      name_ciphertext: personalData.seal("name", name),
      phone_ciphertext: personalData.seal("phone", phone),
      phone_index: phoneIndex,
      created_at: new Date(ctx.clock.nowMs()),
    })
    .execute();
  return { personId, isNewPerson: true };
}
