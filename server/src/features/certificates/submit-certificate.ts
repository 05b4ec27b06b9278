import { bilingual, type CertificateEntryBody } from "@hanyouxu/api";
import type { PersonId, WelderId } from "@hanyouxu/protocol";
import { checkCertificateEntry, parseCertificateCodes, shanghaiDay } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { forgetPhoto, pictureOf, withPhoto } from "../photos/photos.ts";
import {
  countWaiting,
  insertEntry,
  lockHolder,
  replaceEntry,
  selectCertificate,
  selectSameNumber,
} from "./queries.ts";

type EntryContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "audit" | "log"
>;

const mostWaiting = 10;

/**
 * Stores a certificate that its welder entered, or enters again after it was turned down.
 * @param certificateId of the one to correct; null for a new one
 * @returns the certificate's id
 * @throws AppError request.invalid | welder.not_registered | certificate.*
 */
export async function enterCertificate(
  ctx: EntryContext,
  personId: PersonId,
  certificateId: string | null,
  body: CertificateEntryBody,
): Promise<string> {
  const photo =
    body.photo === null
      ? null
      : { personId, kind: "certificate-photo" as const, picture: pictureOf(body.photo) };
  const stored = await withPhoto(ctx, photo, async (tx, blobId) => {
    const holder = await lockHolder(tx, personId);
    if (!holder) throw new AppError("welder.not_registered");
    const entry = checkedEntry(ctx, holder.identity_ciphertext, body);
    const before = certificateId === null ? null : await changeable(tx, certificateId, holder.welder_id);
    await refuseDoubles(ctx, tx, holder.welder_id, certificateId, entry);
    const certificate = {
      family: entry.family,
      item: entry.item,
      number_ciphertext: ctx.personalData.seal("certificate-number", entry.number),
      number_index: ctx.personalData.blindIndex("certificate-number", entry.number),
      valid_from: entry.validFrom,
      valid_to: entry.validTo,
      review_due_on: entry.reviewDueOn,
      status: "valid" as const,
      verification: "submitted" as const,
    };
    const submitted_at = new Date(ctx.clock.nowMs());
    const id = before?.certificate_id ?? ctx.newId();
    if (before) {
      const photo_blob_id = blobId ?? before.photo_blob_id;
      await replaceEntry(tx, id, certificate, { submitted_at, photo_blob_id });
    } else {
      await insertEntry(
        tx,
        { certificate_id: id, welder_id: holder.welder_id, ...certificate },
        { certificate_id: id, submitted_at, photo_blob_id: blobId },
      );
    }
    await ctx.audit.record(tx, {
      actor: personId,
      action: before ? "certificate.resubmitted" : "certificate.submitted",
      subject: `certificate:${id}`,
      details: { family: entry.family, item: entry.item, hasPhoto: blobId !== null },
    });
    return { id, replaced: blobId === null ? null : (before?.photo_blob_id ?? null) };
  });
  if (stored.replaced !== null) await forgetPhoto(ctx, stored.replaced);
  return stored.id;
}

type Entry = Omit<CertificateEntryBody, "photo">;

/** The entry in one spelling, fit for its family. @throws AppError request.invalid, naming each field */
function checkedEntry(
  { personalData, clock }: Pick<AppContext, "personalData" | "clock">,
  identity: Uint8Array | null,
  { photo: _, ...body }: CertificateEntryBody,
): Entry {
  const codes = body.family === "special-equipment" ? parseCertificateCodes(body.item) : undefined;
  const entry = {
    ...body,
    item: codes?.ok ? codes.value.map(({ code }) => code).join(" + ") : body.item,
    number: body.number.toUpperCase(),
  };
  const identityNumber = identity === null ? "" : personalData.open("identity-number", identity);
  const problems = checkCertificateEntry(entry, identityNumber, shanghaiDay(clock.nowMs()));
  if (problems.length > 0) {
    throw new AppError("request.invalid", {
      fields: problems.map(({ field, reason }) => ({
        path: `body.${field}`,
        message: bilingual(reason.zh, reason.en),
      })),
    });
  }
  return entry;
}

async function changeable(tx: Kysely<Tables>, certificateId: string, welderId: string) {
  const row = await selectCertificate(tx, certificateId);
  // Another's is as unknown as none.
  if (!row || row.welder_id !== welderId) throw new AppError("certificate.not_found");
  if (row.verification === "verified" || row.submitted_at === null) throw new AppError("certificate.settled");
  return row;
}

async function refuseDoubles(
  { personalData }: Pick<AppContext, "personalData">,
  tx: Kysely<Tables>,
  welderId: WelderId,
  certificateId: string | null,
  entry: Entry,
): Promise<void> {
  const numberIndex = personalData.blindIndex("certificate-number", entry.number);
  const others = (await selectSameNumber(tx, entry.family, numberIndex)).filter(
    (other) => other.certificate_id !== certificateId,
  );
  if (others.some((other) => other.welder_id !== welderId && other.verification !== "rejected"))
    throw new AppError("certificate.number_taken");
  const isOwnDouble = (other: (typeof others)[number]) =>
    other.welder_id === welderId && other.item === entry.item && other.valid_from === entry.validFrom;
  if (others.some(isOwnDouble)) throw new AppError("certificate.entered_already");
  if (certificateId === null && (await countWaiting(tx, welderId)) >= mostWaiting)
    throw new AppError("certificate.too_many");
}
