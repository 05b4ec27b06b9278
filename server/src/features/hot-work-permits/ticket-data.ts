import type { PersonId, WelderId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName } from "../../crypto/mask.ts";
import { openPhoto } from "../photos/photos.ts";
import type { PermitTicket } from "./permit-ticket.ts";
import { type PermitRow, selectGasTests, selectNames } from "./queries.ts";

type TicketContext = Pick<AppContext, "db" | "personalData" | "blobs">;

/** What the paper of a permit says. @param inFull whether its reader may see people's names in full */
export async function ticketOf(
  ctx: TicketContext,
  row: PermitRow,
  inFull: boolean,
  publicUrl: string,
): Promise<PermitTicket> {
  const nameOf = (sealed: Uint8Array | undefined) => {
    if (!sealed) return "";
    const name = ctx.personalData.open("name", sealed);
    return inFull ? name : maskName(name);
  };
  const ids = [
    row.welder_person_id,
    row.supervisor_person_id,
    row.fire_watch_person_id,
    row.approver_person_id,
  ] as const;
  const sealed = await selectNames(
    ctx.db,
    ids.filter((id) => id !== null),
  );
  const of = (id: PersonId | null) => nameOf(id === null ? undefined : sealed.get(id));
  const gasTests = await selectGasTests(ctx.db, row.permit_id);
  return {
    permit: row,
    gasTests: gasTests.map((test) => ({ ...test, testerName: nameOf(test.name_ciphertext) })),
    names: { welder: of(ids[0]), supervisor: of(ids[1]), fireWatch: of(ids[2]), approver: of(ids[3]) },
    certificateNumber: await certificateNumber(ctx, row.welder_id),
    signature: row.signature_blob_id === null ? null : (await openPhoto(ctx, row.signature_blob_id)).bytes,
    checkUrl: row.verification_code && `${publicUrl}/m/#/permit-check/${row.verification_code}`,
  };
}

/** Of the welder's certificate that is valid longest; masked. */
async function certificateNumber(ctx: TicketContext, welderId: WelderId): Promise<string | null> {
  const row = await ctx.db
    .selectFrom("certificates")
    .select("number_ciphertext")
    .where("welder_id", "=", welderId)
    .where("status", "=", "valid")
    .where("verification", "=", "verified")
    .where("number_ciphertext", "is not", null)
    .orderBy("valid_to", "desc")
    .executeTakeFirst();
  const sealed = row?.number_ciphertext;
  return sealed ? maskIdentityNumber(ctx.personalData.open("certificate-number", sealed)) : null;
}
