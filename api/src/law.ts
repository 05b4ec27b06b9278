import { certificateFamilies, certificateStatuses, weldingProcesses, workRegimes } from "@hanyouxu/rules";
import { z } from "zod";
import { clause, outcome, reason, text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";

export const civilDay = z.iso.date({ error: bilingual("日期应为 年-月-日", "Write the day as YYYY-MM-DD") });

/** A certificate as the law sees it: without number and name. */
export const lawCertificate = z
  .object({
    family: z.enum(certificateFamilies),
    /** An item of the certificate table, or a whole code of TSG Z6002. */
    itemId: z.string().trim().min(1).max(200),
    status: z.enum(certificateStatuses),
    validFromDay: civilDay,
    validToDay: civilDay,
    reviewDueDay: civilDay.nullable(),
  })
  .meta({ id: "LawCertificate" });
export type LawCertificate = z.infer<typeof lawCertificate>;

/** One cell of the table: the families that count for a process in a regime, and the rule that says so. */
export const lawCell = z
  .object({
    ruleId: z.string(),
    version: z.int(),
    regime: z.enum(workRegimes),
    process: z.enum(weldingProcesses),
    families: z.array(z.enum(certificateFamilies)),
    title: text,
    fix: text,
    clause,
    effectiveFrom: civilDay,
    effectiveTo: civilDay.nullable(),
  })
  .meta({ id: "LawCell" });
export type LawCell = z.infer<typeof lawCell>;

export const lawCellDetail = lawCell
  .extend({
    /** Each decided by every pack in force, as a start would be. */
    examples: z.array(
      z.object({
        name: z.string(),
        day: civilDay,
        certificates: z.array(lawCertificate),
        outcome,
        reasons: z.array(reason),
      }),
    ),
  })
  .meta({ id: "LawCellDetail" });
export type LawCellDetail = z.infer<typeof lawCellDetail>;

export const lawRoutes = {
  certificateTable: defineRoute({
    method: "GET",
    path: "/api/law/certificates",
    tag: "law",
    summary: "Which certificate counts where, as in force on a day (today when none is given)",
    query: z.object({ day: civilDay.optional() }),
    answers: { 200: z.object({ day: civilDay, cells: z.array(lawCell) }) },
    refusals: [401, 403],
  }),
  certificateRule: defineRoute({
    method: "GET",
    path: "/api/law/certificates/:ruleId",
    tag: "law",
    summary: "One cell's rule with its clause and its examples, decided",
    params: z.object({ ruleId: z.string().max(60) }),
    query: z.object({ day: civilDay.optional() }),
    answers: { 200: lawCellDetail },
    refusals: [401, 403, 404],
  }),
  tryCertificates: defineRoute({
    method: "POST",
    path: "/api/law/certificates/try",
    tag: "law",
    summary: "What the law of a day says of certificates somebody might hold; nothing is stored",
    body: z.object({
      day: civilDay,
      regime: z.enum(workRegimes),
      process: z.enum(weldingProcesses),
      certificates: z.array(lawCertificate).max(10),
      tsgNeeds: z
        .object({ materialClass: z.string().max(10).optional(), position: z.string().max(10).optional() })
        .optional(),
    }),
    answers: { 200: z.object({ outcome, reasons: z.array(reason) }) },
    refusals: [401, 403],
  }),
  setRegime: defineRoute({
    method: "PUT",
    path: "/api/enterprises/:enterpriseId/regime",
    tag: "law",
    summary: "Says under which rules an enterprise works; holds from the next decision on",
    params: z.object({ enterpriseId: z.uuid() }),
    body: z.object({
      regime: z.enum(workRegimes, {
        error: bilingual(`只能是 ${workRegimes.join("、")}`, `Must be one of ${workRegimes.join(", ")}`),
      }),
    }),
    answers: { 200: z.object({ regime: z.enum(workRegimes) }) },
    refusals: [401, 403, 404],
  }),
};
