import { z } from "zod";
import { bilingual } from "./language.ts";
import { machineCodeInput } from "./machines.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { workSession } from "./work-sessions.ts";

const firm = z.object({ enterpriseId: z.uuid(), name: z.string() });

/** What the phone asks before a start, so that the chain owner – contractor – site owner is known. */
export const siteQuestion = z
  .object({
    /** The machine works away from home: for whom is asked. */
    isAsked: z.boolean(),
    /** The region does not let work start without an answer. */
    isRequired: z.boolean(),
    /** Known site owners around, the nearest first. */
    nearby: z.array(firm.extend({ address: z.string().nullable(), distanceMetres: z.int() })),
    /** The firms the welder works for; with more than one, for which is asked. */
    firms: z.array(firm),
  })
  .meta({ id: "SiteQuestion" });
export type SiteQuestion = z.infer<typeof siteQuestion>;

export const siteOwnerRoutes = {
  /** POST, so that the place does not stand in addresses and their logs. */
  askSite: defineRoute({
    method: "POST",
    path: "/api/machine-codes/:machineCode/site-question",
    tag: "work-sessions",
    summary: "Whether the welder is to say for whom he works, with the site owners near him",
    params: z.object({ machineCode: machineCodeInput }),
    body: z.object({ position: position.nullable() }),
    answers: { 200: siteQuestion },
    refusals: [401, 403, 404],
  }),
  answerSiteOwner: defineRoute({
    method: "POST",
    path: "/api/work-sessions/:workSessionId/site-owner",
    tag: "work-sessions",
    summary: "An officer of the named site owner confirms that the work is at its place, or disputes it",
    params: z.object({ workSessionId: z.uuid() }),
    body: z
      .object({ isConfirmed: z.boolean(), reason: z.string().trim().max(200).default("") })
      .refine(({ isConfirmed, reason }) => isConfirmed || reason.length >= 2, {
        path: ["reason"],
        error: bilingual(
          "有异议时请写明原因（至少 2 个字）",
          "Say why you dispute it (at least 2 characters)",
        ),
      }),
    answers: { 200: workSession },
    refusals: [401, 403, 404, 409],
  }),
};
