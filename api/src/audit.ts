import { z } from "zod";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";

/** One thing that somebody did or read. */
export const auditEntry = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    /** A person's id, `client:` and a client's id, or `system`. */
    actor: z.string(),
    /** Masked; null for the platform itself. */
    actorName: z.string().nullable(),
    action: z.string(),
    /** `machine:…`, `person:…` */
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntryView = z.infer<typeof auditEntry>;

export const auditReport = z
  .object({
    entries: z.int(),
    /** The first entry that is missing, altered or out of order; null when the chain is whole. */
    brokenAt: z.int().nullable(),
    /** The hash that the whole log ends in, in hex: kept elsewhere, it shows later whether the log was rewritten. */
    headHash: z.string(),
  })
  .meta({ id: "AuditReport" });

export const auditRoutes = {
  listAudit: defineRoute({
    method: "GET",
    path: "/api/audit",
    tag: "audit",
    summary: "The audit log within the caller's regions, newest first",
    query: z.object({
      ...pageQuery,
      actor: z.string().trim().max(100).optional(),
      /** An action or its beginning: `machine.`, `sign_in.started`. */
      action: z.string().trim().max(100).optional(),
      /** A subject or its beginning. */
      subject: z.string().trim().max(100).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
    answers: { 200: pageOf(auditEntry) },
    refusals: [401, 403],
  }),
  verifyAudit: defineRoute({
    method: "POST",
    path: "/api/audit/verify",
    tag: "audit",
    summary: "Recomputes the log's hash chain from its first entry",
    answers: { 200: auditReport },
    refusals: [401, 403],
  }),
};
