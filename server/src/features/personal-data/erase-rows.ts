import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { evidenceBlobsOf } from "../evidence/evidence.ts";
import { forgetPhotosOf } from "../photos/photos.ts";

type RowsContext = Pick<AppContext, "personalData">;
type Tx = Kysely<Tables>;

/** Rows about a welder that nobody needs once he has left. */
const PER_WELDER = ["welder_invitations", "enterprise_whitelists", "enterprise_welders", "welder_movements"];

/** How a person is told, and what he was told. */
const TOLD = ["messages", "push_subscriptions", "email_addresses", "telling_preferences"];

/**
 * Deletes what holds words about a person without being sealed by column: pictures, notices, invitations, entries of
 * certificates, lists that wait to be taken in. Pictures of machines that he took as an installer stay: they prove an
 * installation and show a machine.
 * @returns the blobs whose files go once this is committed
 */
export async function eraseRows(
  ctx: RowsContext,
  tx: Tx,
  personId: PersonId,
  parts: readonly PersonalPart[],
): Promise<string[]> {
  const blobIds: string[] = [];
  if (parts.includes("contact")) {
    await eraseImports(tx, personId);
    await eraseFirmContacts(ctx, tx, personId);
    await tx
      .updateTable("welders")
      .set({ portrait_blob_id: null })
      .where("person_id", "=", personId)
      .execute();
    blobIds.push(...(await forgetPhotosOf(tx, personId, "portrait")));
    await tx.deleteFrom("notifications").where("person_id", "=", personId).execute();
    await sql`update messages set gathered_in = null where person_id = ${personId}`.execute(tx);
    for (const table of TOLD) {
      await sql`delete from ${sql.table(table)} where person_id = ${personId}`.execute(tx);
    }
    await tx.deleteFrom("staff_invitations").where("person_id", "=", personId).execute();
    for (const table of PER_WELDER) {
      await sql`delete from ${sql.table(table)} where welder_id in ${weldersOf(personId)}`.execute(tx);
    }
  }
  // The rows stay, for what rests on them; without their keys they show nothing.
  if (parts.includes("identity")) blobIds.push(...(await evidenceBlobsOf(tx, personId)));
  if (parts.includes("certificates")) {
    await sql`
      delete from certificate_submissions where certificate_id in (
        select c.certificate_id from certificates c where c.welder_id in ${weldersOf(personId)})`.execute(tx);
    blobIds.push(...(await forgetPhotosOf(tx, personId, "certificate-photo")));
  }
  return blobIds;
}

function weldersOf(personId: PersonId) {
  return sql`(select w.welder_id from welders w where w.person_id = ${personId}::uuid)`;
}

/** Firms that he registered or speaks for, where the contact they gave is his own phone. */
async function eraseFirmContacts({ personalData }: RowsContext, tx: Tx, personId: PersonId): Promise<void> {
  const { phone_ciphertext } = await tx
    .selectFrom("persons")
    .select("phone_ciphertext")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  if (!phone_ciphertext) return;
  const phone = personalData.open("phone", phone_ciphertext);
  const firms = await tx
    .selectFrom("enterprises as e")
    .select(["e.enterprise_id", "e.contact_phone_ciphertext"])
    .where("e.contact_phone_ciphertext", "is not", null)
    .where(
      sql<boolean>`(e.registered_by = ${personId}::uuid or exists (select from role_grants g
        where g.person_id = ${personId}::uuid and g.enterprise_id = e.enterprise_id))`,
    )
    .execute();
  for (const { enterprise_id, contact_phone_ciphertext } of firms) {
    if (personalData.open("phone", contact_phone_ciphertext!) !== phone) continue;
    await tx
      .updateTable("enterprises")
      .set({ contact_name_ciphertext: null, contact_phone_ciphertext: null })
      .where("enterprise_id", "=", enterprise_id)
      .execute();
  }
}

/**
 * A checked list with his row is not taken in any more: it would bring him back. Files are sealed whole, so that whom they
 * name cannot be asked: those that no work waits for go at once, the rest within their few days.
 */
async function eraseImports(tx: Tx, personId: PersonId): Promise<void> {
  await sql`
    update imports set status = 'cancelled', file_ciphertext = null
    where status = 'checked' and import_id in (
      select r.import_id from import_rows r, persons p left join welders w on w.person_id = p.person_id
      where p.person_id = ${personId}::uuid
        and (position(encode(p.phone_index, 'base64') in r.data::text) > 0
             or position(encode(w.identity_index, 'base64') in r.data::text) > 0))`.execute(tx);
  await sql`
    delete from import_rows using imports i
    where i.import_id = import_rows.import_id and i.status = 'cancelled'`.execute(tx);
  await sql`
    update imports set file_ciphertext = null
    where kind <> 'machines' and status not in ('checking', 'checked', 'applying')`.execute(tx);
}
