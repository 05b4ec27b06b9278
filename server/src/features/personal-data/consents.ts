import type { ConsentText, OwnConsent } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { digestOf } from "@hanyouxu/rules";
import type { Kysely, Selectable } from "kysely";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { BothLanguages, ConsentTextsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import {
  findText,
  insertConsent,
  insertText,
  lastVersion,
  selectStanding,
  selectTextsInForce,
  withdrawKind,
} from "./consent-queries.ts";

type ConsentContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

/** The kind of the text that everybody who registers agrees to. */
const PRIVACY_KIND = "privacy";

export interface NewConsentText {
  kind: string;
  title: BothLanguages;
  body: BothLanguages;
  /** What is different from the version before, and why. */
  changes?: BothLanguages | undefined;
  /** RFC 3339. */
  effectiveFrom: string;
}

export function consentTextOf(row: Selectable<ConsentTextsTable>): ConsentText {
  return {
    consentTextId: row.consent_text_id,
    kind: row.kind,
    version: row.version,
    title: row.title,
    body: row.body,
    changes: row.changes,
    sha256: row.sha256,
    effectiveFrom: row.effective_from.toISOString(),
  };
}

/**
 * Publishes the next version of a kind; nobody can change it any more.
 * @throws AppError consent_text.changes_missing
 */
export async function publishConsentText(
  ctx: ConsentContext,
  { kind, title, body, changes, effectiveFrom }: NewConsentText,
  actor: string,
): Promise<ConsentText> {
  return await inTransaction(ctx.db, async (tx) => {
    const version = (await lastVersion(tx, kind)) + 1;
    if (version > 1 && !changes) throw new AppError("consent_text.changes_missing");
    const row = {
      consent_text_id: ctx.newId(),
      kind,
      version,
      sha256: digestOf({ title, body }, sha256),
      effective_from: new Date(effectiveFrom),
      published_at: new Date(ctx.clock.nowMs()),
      published_by: actor,
    };
    await insertText(tx, {
      ...row,
      title: JSON.stringify(title),
      body: JSON.stringify(body),
      changes: changes ? JSON.stringify(changes) : null,
    });
    await ctx.audit.record(tx, {
      actor,
      action: "consent_text.published",
      subject: `consent-text:${row.consent_text_id}`,
      details: { kind, version: row.version, sha256: row.sha256 },
    });
    return consentTextOf({ ...row, title, body, changes: changes ?? null });
  });
}

/** The texts in force, and the person's standing with each: a newer version than the one agreed to is asked again. */
export async function ownConsents(
  ctx: Pick<AppContext, "db" | "clock">,
  personId: PersonId,
): Promise<OwnConsent[]> {
  const texts = await selectTextsInForce(ctx.db, new Date(ctx.clock.nowMs()));
  const standing = await selectStanding(ctx.db, personId);
  return texts.map((text) => {
    const given = standing.find(({ consent_text_id }) => consent_text_id === text.consent_text_id);
    const earlier = standing.find(({ kind, version }) => kind === text.kind && version < text.version);
    return {
      text: consentTextOf(text),
      givenAt: given?.given_at.toISOString() ?? null,
      earlierVersion: earlier?.version ?? null,
    };
  });
}

/** The privacy notice that whoever registers reads and agrees to; the schema comes with the first one. */
export async function privacyTextNow(
  ctx: Pick<AppContext, "clock">,
  db: Kysely<Tables>,
): Promise<ConsentText> {
  const texts = await selectTextsInForce(db, new Date(ctx.clock.nowMs()));
  const text = texts.find(({ kind }) => kind === PRIVACY_KIND);
  if (!text) throw new Error("no privacy notice is in force");
  return consentTextOf(text);
}

/** @throws AppError consent_text.not_found, consent_text.not_in_force */
export async function giveConsent(ctx: ConsentContext, personId: PersonId, consentTextId: string) {
  await ctx.db.transaction().execute((tx) => recordConsent(ctx, tx, personId, consentTextId));
}

/** Within a transaction that does more. @throws AppError consent_text.not_found, consent_text.not_in_force */
export async function recordConsent(
  ctx: Omit<ConsentContext, "db">,
  tx: Kysely<Tables>,
  personId: PersonId,
  consentTextId: string,
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  const known = await findText(tx, consentTextId);
  if (!known) throw new AppError("consent_text.not_found");
  const inForce = await selectTextsInForce(tx, now);
  if (!inForce.some(({ consent_text_id }) => consent_text_id === consentTextId)) {
    throw new AppError("consent_text.not_in_force");
  }
  const isNew = await insertConsent(tx, {
    consent_id: ctx.newId(),
    person_id: personId,
    consent_text_id: consentTextId,
    given_at: now,
  });
  if (!isNew) return;
  await ctx.audit.record(tx, {
    actor: personId,
    action: "consent.given",
    subject: `consent-text:${consentTextId}`,
    details: { kind: known.kind, version: known.version },
  });
}

/** @throws AppError consent.not_given */
export async function withdrawConsent(ctx: ConsentContext, personId: PersonId, kind: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await withdrawKind(tx, personId, kind, new Date(ctx.clock.nowMs())))) {
      throw new AppError("consent.not_given");
    }
    await ctx.audit.record(tx, {
      actor: personId,
      action: "consent.withdrawn",
      subject: `person:${personId}`,
      details: { kind },
    });
  });
}

/** What somebody agrees to at this moment: privacy notices by version, the latest first. */
export async function standingPrivacyConsents(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
): Promise<{ version: number; agreedAt: string }[]> {
  return (await selectStanding(ctx.db, personId))
    .filter(({ kind }) => kind === PRIVACY_KIND)
    .map(({ version, given_at }) => ({ version, agreedAt: given_at.toISOString() }));
}
