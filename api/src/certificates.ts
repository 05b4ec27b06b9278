import { certificateFamilies, certificateVerifications } from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";

const civilDay = z.iso.date({
  error: bilingual("日期应为 年-月-日，如 2026-05-01", "A day is year-month-day, such as 2026-05-01"),
});

export const certificateFamily = z.enum(certificateFamilies);

/** What a registry answered about a certificate, or why it did not. */
export const registryOutcome = z.enum([
  "valid",
  "not-found",
  "mismatch",
  "revoked",
  "expired",
  "unreachable",
  "not-configured",
]);
export type RegistryOutcome = z.infer<typeof registryOutcome>;

/** Why a certificate was not accepted; the two of the registry are never chosen by people. */
export const rejectionReason = z.enum([
  "photo-unreadable",
  "data-differs",
  "not-own",
  "not-in-registry",
  "forged",
  "other",
  "registry-revoked",
  "registry-expired",
]);
export type RejectionReason = z.infer<typeof rejectionReason>;

export const certificate = z
  .object({
    certificateId: z.uuid(),
    family: z.string(),
    item: z.string(),
    /** Masked. */
    number: z.string().nullable(),
    validFrom: civilDay,
    validTo: civilDay,
    reviewDueOn: civilDay.nullable(),
    status: z.enum(["valid", "suspended", "revoked"]),
    /** Only a verified certificate starts a machine. */
    verification: z.enum(certificateVerifications),
    /** Past its last day, by the day in Shanghai. */
    isExpired: z.boolean(),
    /** Null where an authority's register brought it in. */
    submittedAt: z.iso.datetime().nullable(),
    registryOutcome: registryOutcome.nullable(),
    rejection: z.object({ reason: rejectionReason, text: z.string() }).nullable(),
    hasPhoto: z.boolean(),
  })
  .meta({ id: "Certificate" });
export type Certificate = z.infer<typeof certificate>;

/** A photo of at most 5 MiB in base64; the type is read from its bytes. */
export const photoData = z.base64({
  error: bilingual("照片应为 base64 编码", "The photo must be base64"),
});
/** Of a request that carries a photo: base64 is a third longer. */
export const photoBodyBytes = 7_200_000;

const certificateEntry = z.object({
  family: certificateFamily,
  item: z.string().trim().max(300),
  number: z.string().trim().max(40),
  validFrom: civilDay,
  validTo: civilDay,
  reviewDueOn: civilDay.nullable(),
  /** Null keeps the photo of the last time, where there is one. */
  photo: photoData.nullable(),
});
export type CertificateEntryBody = z.infer<typeof certificateEntry>;

const certificateParams = z.object({ certificateId: z.uuid() });

export const certificateRoutes = {
  listOwnCertificates: defineRoute({
    method: "GET",
    path: "/api/me/certificates",
    tag: "certificates",
    summary: "The caller's own certificates",
    answers: { 200: z.object({ certificates: z.array(certificate) }) },
    refusals: [401, 403],
  }),
  submitCertificate: defineRoute({
    method: "POST",
    path: "/api/me/certificates",
    tag: "certificates",
    summary: "Enter a certificate; the registry is asked at once, and people look at what it does not know",
    body: certificateEntry,
    bodyLimitBytes: photoBodyBytes,
    answers: { 200: certificate },
    refusals: [401, 403, 409],
  }),
  resubmitCertificate: defineRoute({
    method: "PUT",
    path: "/api/me/certificates/:certificateId",
    tag: "certificates",
    summary: "Correct a certificate that was not accepted, or is still waiting, and send it again",
    params: certificateParams,
    body: certificateEntry,
    bodyLimitBytes: photoBodyBytes,
    answers: { 200: certificate },
    refusals: [401, 403, 404, 409],
  }),
  /** The bytes of the picture, its own type; a read by staff goes into the audit log. */
  getCertificatePhoto: defineRoute({
    method: "GET",
    path: "/api/certificates/:certificateId/photo",
    tag: "certificates",
    summary: "The photo of a certificate, for its welder and for staff of his region",
    params: certificateParams,
    answers: { 200: z.unknown().meta({ description: "image/jpeg, image/png or image/webp" }) },
    refusals: [401, 403, 404],
  }),
  setCertificateStanding: defineRoute({
    method: "POST",
    path: "/api/certificates/:certificateId/standing",
    tag: "certificates",
    summary: "Suspend, revoke or reinstate a verified certificate; takes effect at the next decision",
    params: certificateParams,
    body: z.object({
      status: z.enum(["valid", "suspended", "revoked"]),
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
        .max(200),
    }),
    answers: { 200: certificate },
    refusals: [401, 403, 404, 409],
  }),
};
