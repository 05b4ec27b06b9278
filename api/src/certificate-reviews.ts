import { z } from "zod";
import { certificate, certificateFamily, registryOutcome, rejectionReason } from "./certificates.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const reviewState = z.enum(["waiting", "approved", "rejected"]);
export type ReviewState = z.infer<typeof reviewState>;

/** A certificate that a welder entered, as the reviewer's list shows it. */
export const certificateReview = z
  .object({
    ...certificate.shape,
    welderId: z.uuid(),
    /** Masked. */
    welderName: z.string(),
    /** Masked. */
    identityNumber: z.string().nullable(),
    region: regionCode,
    regionName: z.string(),
    state: reviewState,
    /** Send it back with the decision: whoever was quicker has raised it. */
    revision: z.int(),
    /** Fields that the registry has otherwise. */
    registryDiffers: z.array(z.string()),
    registryCheckedAt: z.iso.datetime().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    /** `registry`, or a person's masked name. */
    decidedBy: z.string().nullable(),
  })
  .meta({ id: "CertificateReview" });
export type CertificateReview = z.infer<typeof certificateReview>;

/** What a reviewer may give as reason; the registry's own are not among them. */
export const reviewerReasons = rejectionReason.exclude(["registry-revoked", "registry-expired"]);

const params = z.object({ certificateId: z.uuid() });

const decisionBody = z
  .object({
    revision: z.int().min(1),
    verdict: z.enum(["approve", "reject"]),
    reason: reviewerReasons.nullable().default(null),
    /** For the welder: what to send instead. */
    text: z.string().trim().max(200).default(""),
  })
  .superRefine(({ verdict, reason, text }, context) => {
    if (verdict === "approve") return;
    if (reason === null) {
      const message = bilingual("请选择退回原因", "Choose why it is not accepted");
      context.addIssue({ code: "custom", path: ["reason"], message });
    }
    if (reason === "other" && text.length < 2) {
      const message = bilingual("请写明原因和要补交的内容", "Say why, and what to send");
      context.addIssue({ code: "custom", path: ["text"], message });
    }
  });

export const certificateReviewRoutes = {
  listReviews: defineRoute({
    method: "GET",
    path: "/api/certificate-reviews",
    tag: "certificate-reviews",
    summary: "Certificates entered by welders of the caller's regions; those that wait come oldest first",
    query: z.object({
      ...pageQuery,
      state: reviewState.default("waiting"),
      region: regionCode.optional(),
      family: certificateFamily.optional(),
      outcome: registryOutcome.optional(),
    }),
    answers: { 200: pageOf(certificateReview) },
    refusals: [401, 403],
  }),
  getReview: defineRoute({
    method: "GET",
    path: "/api/certificate-reviews/:certificateId",
    tag: "certificate-reviews",
    summary: "One certificate to review",
    params,
    answers: { 200: certificateReview },
    refusals: [401, 403, 404],
  }),
  decideReview: defineRoute({
    method: "POST",
    path: "/api/certificate-reviews/:certificateId/decision",
    tag: "certificate-reviews",
    summary: "Approve or reject; refused when somebody else was quicker or the welder changed it meanwhile",
    params,
    body: decisionBody,
    answers: { 200: certificateReview },
    refusals: [401, 403, 404, 409],
  }),
  unmaskReview: defineRoute({
    method: "POST",
    path: "/api/certificate-reviews/:certificateId/unmask",
    tag: "certificate-reviews",
    summary: "Name and numbers in full, to compare with the photo; who read them and why is kept",
    params,
    body: z.object({
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写查看原因（至少 2 个字）", "Say why (at least 2 characters)") })
        .max(200),
    }),
    answers: {
      200: z
        .object({ name: z.string(), identityNumber: z.string().nullable(), number: z.string().nullable() })
        .meta({ id: "UnmaskedReview" }),
    },
    refusals: [401, 403, 404],
  }),
};
