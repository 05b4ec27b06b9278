import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode, role } from "./sign-in.ts";

/** Personal fields that are masked unless somebody may see them and says why. */
export const personalField = z.enum(["name", "phone", "identity-number", "certificate-number"]);
export type PersonalFieldName = z.infer<typeof personalField>;

const words = z.object({ zh: z.string(), en: z.string() });
const givenWords = (most: number) =>
  z.object({ zh: z.string().trim().min(2).max(most), en: z.string().trim().min(2).max(most) });

const reason = z
  .string()
  .trim()
  .min(4, { error: bilingual("请说明事由（至少 4 个字）", "Say why (at least 4 characters)") })
  .max(200, { error: bilingual("事由最多 200 字", "At most 200 characters") });

/** A person as staff see him: masked. */
export const maskedPerson = z
  .object({
    personId: z.uuid(),
    name: z.string(),
    phone: z.string().nullable(),
    identityNumber: z.string().nullable(),
    roles: z.array(role),
    regionName: z.string().nullable(),
    isErased: z.boolean(),
    /** What the caller may see in full, with a reason. */
    mayUnmask: z.array(personalField),
  })
  .meta({ id: "MaskedPerson" });
export type MaskedPerson = z.infer<typeof maskedPerson>;

export const unmasked = z
  .object({
    name: z.string().optional(),
    phone: z.string().nullable().optional(),
    identityNumber: z.string().nullable().optional(),
    certificateNumbers: z.array(z.string()).optional(),
  })
  .meta({ id: "Unmasked" });

export const consentText = z
  .object({
    consentTextId: z.uuid(),
    kind: z.string(),
    version: z.int(),
    title: words,
    body: words,
    /** What is different from the version before, and why; null: there is none before. */
    changes: words.nullable(),
    sha256: z.string(),
    effectiveFrom: z.iso.datetime(),
  })
  .meta({ id: "ConsentText" });
export type ConsentText = z.infer<typeof consentText>;

export const ownConsent = z
  .object({
    text: consentText,
    /** When this version was agreed to; null: not yet, or taken back. */
    givenAt: z.iso.datetime().nullable(),
    /** The last version agreed to, where it is an older one. */
    earlierVersion: z.int().nullable(),
  })
  .meta({ id: "OwnConsent" });
export type OwnConsent = z.infer<typeof ownConsent>;

export const personalPart = z.enum(["contact", "identity", "certificates"]);

export const keptPart = z
  .object({
    part: personalPart,
    until: z.iso.datetime(),
    basis: words,
    /** Whether somebody has read the basis in the original. */
    isVerified: z.boolean(),
  })
  .meta({ id: "KeptPart" });

export const erasureStatus = z.enum(["requested", "refused", "partly", "done", "withdrawn"]);

export const erasureRequest = z
  .object({
    erasureRequestId: z.uuid(),
    personId: z.uuid(),
    /** Masked. */
    name: z.string(),
    /** Null for somebody without a role and an entry in the register: operators of the whole platform decide. */
    regionName: z.string().nullable(),
    status: erasureStatus,
    requestedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    /** What is kept, why and until when: as decided, or as it would be decided now. */
    kept: z.array(keptPart),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ErasureRequest" });
export type ErasureRequest = z.infer<typeof erasureRequest>;

/** A count, or null where showing it would tell of single people. */
const count = z.int().nullable();

export const welderStatistic = z
  .object({
    /** Counts from 1 to one below this are hidden, and others where they would give those away. */
    smallestCount: z.int(),
    families: z.array(z.string()),
    rows: z.array(
      z.object({ region: regionCode, regionName: z.string(), counts: z.array(count), total: count }),
    ),
    totals: z.array(count),
    total: count,
  })
  .meta({ id: "WelderStatistic" });
export type WelderStatistic = z.infer<typeof welderStatistic>;

const requestParams = z.object({ erasureRequestId: z.uuid() });
const noContent = z.null().meta({ description: "No content" });

export const personalDataRoutes = {
  listPersons: defineRoute({
    method: "GET",
    path: "/api/persons",
    tag: "personal data",
    summary: "People within the caller's regions, masked",
    query: z.object({ ...pageQuery, role: role.optional() }),
    answers: { 200: pageOf(maskedPerson) },
    refusals: [401, 403],
  }),
  unmaskPerson: defineRoute({
    method: "POST",
    path: "/api/persons/:personId/unmask",
    tag: "personal data",
    summary: "Personal fields of one person in full, with the reason; each reading is in the audit log",
    params: z.object({ personId: z.uuid() }),
    body: z.object({ fields: z.array(personalField).min(1).max(4), reason }),
    answers: { 200: unmasked },
    refusals: [401, 403, 404],
  }),
  exportOwnData: defineRoute({
    method: "GET",
    path: "/api/me/personal-data",
    tag: "personal data",
    summary: "Everything the platform holds about the caller, machine readable",
    answers: {
      200: z.object({
        exportedAt: z.iso.datetime(),
        personId: z.uuid(),
        /** By table its rows about the caller; sealed columns are opened, secrets are left out. */
        tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
      }),
    },
    refusals: [401],
  }),
  ownConsents: defineRoute({
    method: "GET",
    path: "/api/me/consents",
    tag: "personal data",
    summary: "The texts in force, and which of them the caller has agreed to",
    answers: { 200: z.object({ consents: z.array(ownConsent) }) },
    refusals: [401],
  }),
  giveConsent: defineRoute({
    method: "POST",
    path: "/api/me/consents",
    tag: "personal data",
    summary: "Agree to a text in force",
    body: z.object({ consentTextId: z.uuid() }),
    answers: { 204: noContent },
    refusals: [401, 404, 409],
  }),
  withdrawConsent: defineRoute({
    method: "DELETE",
    path: "/api/me/consents/:kind",
    tag: "personal data",
    summary: "Take a consent back",
    params: z.object({ kind: z.string().max(40) }),
    answers: { 204: noContent },
    refusals: [401, 404],
  }),
  ownErasure: defineRoute({
    method: "GET",
    path: "/api/me/erasure",
    tag: "personal data",
    summary: "The caller's latest request for erasure, and what would be kept now",
    answers: {
      200: z.object({ request: erasureRequest.nullable(), wouldKeep: z.array(keptPart) }),
    },
    refusals: [401],
  }),
  requestErasure: defineRoute({
    method: "POST",
    path: "/api/me/erasure",
    tag: "personal data",
    summary: "Ask for the erasure of one's personal data",
    answers: { 201: erasureRequest },
    refusals: [401, 409],
  }),
  withdrawErasure: defineRoute({
    method: "DELETE",
    path: "/api/me/erasure",
    tag: "personal data",
    summary: "Take a request for erasure back while it is undecided",
    answers: { 204: noContent },
    refusals: [401, 404],
  }),
  listErasureRequests: defineRoute({
    method: "GET",
    path: "/api/erasure-requests",
    tag: "personal data",
    summary: "Requests for erasure within the caller's regions, newest first",
    query: z.object({ ...pageQuery, status: erasureStatus.optional() }),
    answers: { 200: pageOf(erasureRequest) },
    refusals: [401, 403],
  }),
  decideErasure: defineRoute({
    method: "POST",
    path: "/api/erasure-requests/:erasureRequestId/decide",
    tag: "personal data",
    summary: "Approve (what the law keeps stays until it is due) or refuse with a reason",
    params: requestParams,
    body: z.object({ decision: z.enum(["approve", "refuse"]), reason }),
    answers: { 200: erasureRequest },
    refusals: [401, 403, 404, 409],
  }),
  listConsentTexts: defineRoute({
    method: "GET",
    path: "/api/consent-texts",
    tag: "personal data",
    summary: "Every published text, newest first, with how many people have agreed to it",
    query: z.object(pageQuery),
    answers: { 200: pageOf(consentText.extend({ consents: z.int() }).meta({ id: "ConsentTextCounted" })) },
    refusals: [401, 403],
  }),
  publishConsentText: defineRoute({
    method: "POST",
    path: "/api/consent-texts",
    tag: "personal data",
    summary:
      "Publish the next version of a text; whoever agreed to an older one is asked again from its day on",
    body: z.object({
      kind: z.string().regex(/^[a-z][a-z-]{1,39}$/, {
        error: bilingual("应为小写字母和连字符，如 privacy", "write lower-case letters and hyphens: privacy"),
      }),
      title: givenWords(100),
      body: givenWords(20_000),
      /** Needed from the second version on: whoever agreed to the first is told. */
      changes: givenWords(2_000).optional(),
      effectiveFrom: z.iso.datetime(),
    }),
    answers: { 201: consentText },
    refusals: [401, 403],
  }),
  welderStatistic: defineRoute({
    method: "GET",
    path: "/api/statistics/welders",
    tag: "personal data",
    summary: "Welders with a valid certificate by township and family, without small counts",
    answers: { 200: welderStatistic },
    refusals: [401, 403],
  }),
};
