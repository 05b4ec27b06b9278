import { z } from "zod";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const text = z.object({ zh: z.string(), en: z.string() }).meta({ id: "Text" });

export const clause = z
  .object({
    kind: z.enum(["law", "policy"]),
    source: text,
    article: z.string().nullable(),
    text: z.string().optional(),
    url: z.string().optional(),
    policyKeys: z.array(z.string()).readonly().optional(),
    /** False: nobody here has read the official text; shown as 未核对 / unverified. */
    verified: z.boolean(),
  })
  .meta({ id: "Clause" });

const step = z.object({ id: z.string(), title: text }).meta({ id: "Step" });

/** Why a start is refused: the rule, its clause and the smallest thing the person can do about it. */
export const reason = z
  .object({
    kind: z.enum(["fail", "need"]),
    ruleId: z.string(),
    pack: z.string(),
    ruleVersion: z.int(),
    title: text,
    clause,
    verified: z.boolean(),
    fix: text,
    data: z.record(z.string(), z.unknown()),
    step: step.optional(),
  })
  .meta({ id: "Reason" });
export type Reason = z.infer<typeof reason>;

export const outcome = z.enum(["grant", "refuse", "require"]);

export const decision = z
  .object({
    decisionId: z.uuid(),
    decidedAt: z.iso.datetime(),
    outcome,
    reasons: z.array(reason),
    machineId: z.uuid(),
    machineName: z.string(),
    /** Masked: 演示***. */
    welderName: z.string(),
    /** Hex SHA-256 of the rules and policy that were in force. */
    packsDigest: z.string(),
  })
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof decision>;

export const decisionDetail = decision
  .extend({
    facts: z.record(z.string(), z.unknown()),
    policy: z.record(z.string(), z.unknown()),
    /** Whether the stored facts under the packs of that day give the same decision now. */
    replay: z.object({ isSame: z.boolean(), outcome }),
  })
  .meta({ id: "DecisionDetail" });
export type DecisionDetail = z.infer<typeof decisionDetail>;

export const decisionRoutes = {
  listDecisions: defineRoute({
    method: "GET",
    path: "/api/decisions",
    tag: "decisions",
    summary: "Decisions within the caller's regions, newest first",
    query: z.object({
      ...pageQuery,
      outcome: outcome.optional(),
      /** False: refused, or something was still required. */
      isGranted: z.stringbool().optional(),
      /** Those that a certificate was missing for. */
      lacksCertificate: z.stringbool().optional(),
      machineId: z.uuid().optional(),
      region: regionCode.optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
    answers: { 200: pageOf(decision) },
    refusals: [401, 403],
  }),
  getDecision: defineRoute({
    method: "GET",
    path: "/api/decisions/:decisionId",
    tag: "decisions",
    summary: "One decision with its facts, replayed under the law of its day",
    params: z.object({ decisionId: z.uuid() }),
    answers: { 200: decisionDetail },
    refusals: [401, 403, 404],
  }),
};
