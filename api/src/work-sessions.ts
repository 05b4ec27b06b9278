import { z } from "zod";
import { decision, reason } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** granted: signed and sent; energised: relay closed; not-started: the chip never closed it; ended: relay open again. */
export const workSessionStatus = z.enum(["granted", "energised", "ended", "not-started"]);

/**
 * own: at the place of the machine's owner or of the welder's firm; named: said by the welder; unknown: not asked or
 * not answered; confirmed, disputed: by the site owner's officer.
 */
export const siteOwnerState = z.enum(["own", "named", "unknown", "confirmed", "disputed"]);
export type SiteOwnerState = z.infer<typeof siteOwnerState>;

export const workSession = z
  .object({
    workSessionId: z.uuid(),
    status: workSessionStatus,
    machineId: z.uuid(),
    machineName: z.string(),
    model: z.string(),
    enterpriseId: z.uuid(),
    enterpriseName: z.string(),
    /** For whom the welder works in this session; null when nobody knows. */
    contractorEnterpriseId: z.uuid().nullable(),
    contractorName: z.string().nullable(),
    /** Whose place it is. */
    siteOwnerEnterpriseId: z.uuid().nullable(),
    siteOwnerName: z.string().nullable(),
    siteOwnerState,
    /** Why the site owner disputes it. */
    siteOwnerReason: z.string().nullable(),
    region: regionCode,
    welderId: z.uuid(),
    /** In full for the welder himself, masked for others. */
    welderName: z.string(),
    decisionId: z.uuid(),
    grantedAt: z.iso.datetime(),
    energisedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime(),
    stopRequestedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** A reason of the chip's (see protocol), its answer to the grant, or `no-answer`. */
    endReason: z.string().nullable(),
    /** When a start that the chip refused for now may work: a gas sensor warms up; null where trying again is no help. */
    retryAt: z.iso.datetime().nullable(),
    energisedMs: z.int(),
    arcMs: z.int(),
    arcCount: z.int(),
    energyKilojoules: z.int(),
    peakCurrentAmps: z.number(),
    /** The chip's signature over its event chain at the end; null before it came. */
    checkpointVerified: z.boolean().nullable(),
  })
  .meta({ id: "WorkSession" });
export type WorkSession = z.infer<typeof workSession>;

/** A work session as the working screen follows it. */
export const workSessionProgress = workSession
  .extend({
    currentAmps: z.number().nullable(),
    voltageVolts: z.number().nullable(),
    isArcing: z.boolean(),
    isMachineOnline: z.boolean(),
    /** The platform's time, for the count-down. */
    now: z.iso.datetime(),
  })
  .meta({ id: "WorkSessionProgress" });
export type WorkSessionProgress = z.infer<typeof workSessionProgress>;

/** What the welder says about whose place it is. */
export const siteChoice = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("named"), enterpriseId: z.uuid() }),
  z.object({ kind: z.literal("own") }),
  z.object({ kind: z.literal("unknown") }),
]);
export type SiteChoice = z.infer<typeof siteChoice>;

export const startBody = z.object({
  machineCode: z.string().max(300),
  /** Where the phone is; null when the person refused or the phone does not know. */
  position: position.nullable(),
  /** Made by the phone once per attempt: a repeated request gives the same work session. */
  idempotencyKey: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, {
    error: bilingual(
      "请求标识应为 8 至 64 位字母、数字、- 或 _",
      "The key has 8 to 64 letters, digits, - or _",
    ),
  }),
  /** What holds no longer, or never did, is taken as not said: it does not keep anybody from working. */
  site: siteChoice.optional(),
  /** Which of his firms the welder works for; left out by those who have one. */
  contractorEnterpriseId: z.uuid().optional(),
});

export const startAnswer = z
  .discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("grant"), workSession }),
    z.object({ outcome: z.enum(["refuse", "require"]), decisionId: z.uuid(), reasons: z.array(reason) }),
  ])
  .meta({ id: "StartAnswer" });
export type StartAnswer = z.infer<typeof startAnswer>;

const sessionParams = z.object({ workSessionId: z.uuid() });

export const workSessionRoutes = {
  start: defineRoute({
    method: "POST",
    path: "/api/work-sessions",
    tag: "work-sessions",
    summary: "Scan to start: decides, and on a grant signs it and sends it to the chip",
    body: startBody,
    answers: { 200: startAnswer },
    refusals: [401, 403, 404],
  }),
  listWorkSessions: defineRoute({
    method: "GET",
    path: "/api/work-sessions",
    tag: "work-sessions",
    summary: "Work sessions within the caller's regions or enterprise, newest first",
    query: z.object({
      ...pageQuery,
      status: workSessionStatus.optional(),
      /** Granted or energised now. */
      isOpen: z.stringbool().optional(),
      region: regionCode.optional(),
      machineId: z.uuid().optional(),
      enterpriseId: z.uuid().optional(),
      contractorEnterpriseId: z.uuid().optional(),
      siteOwnerEnterpriseId: z.uuid().optional(),
      siteOwnerState: siteOwnerState.optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      text: z.string().trim().max(100).optional(),
    }),
    answers: { 200: pageOf(workSession) },
    refusals: [401, 403],
  }),
  listOwnWorkSessions: defineRoute({
    method: "GET",
    path: "/api/me/work-sessions",
    tag: "work-sessions",
    summary: "The caller's own work sessions, newest first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(workSession) },
    refusals: [401, 403],
  }),
  listOwnDecisions: defineRoute({
    method: "GET",
    path: "/api/me/decisions",
    tag: "work-sessions",
    summary: "The caller's own refused starts, newest first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(decision) },
    refusals: [401, 403],
  }),
  getWorkSession: defineRoute({
    method: "GET",
    path: "/api/work-sessions/:workSessionId",
    tag: "work-sessions",
    summary: "One work session as it stands",
    params: sessionParams,
    answers: { 200: workSessionProgress },
    refusals: [401, 403, 404],
  }),
  /** Server-sent events: each `data:` line is one WorkSessionProgress, the first at once, then on every change. */
  followWorkSession: defineRoute({
    method: "GET",
    path: "/api/work-sessions/:workSessionId/progress",
    tag: "work-sessions",
    summary: "Server-sent events of one work session: granted → energised → ended",
    params: sessionParams,
    answers: { 200: z.string().meta({ description: "text/event-stream of WorkSessionProgress" }) },
    refusals: [401, 403, 404],
  }),
  stop: defineRoute({
    method: "POST",
    path: "/api/work-sessions/:workSessionId/stop",
    tag: "work-sessions",
    summary: "The welder ends the work: the relay opens at the end of the arc in hand",
    params: sessionParams,
    answers: { 200: workSession },
    refusals: [401, 403, 404, 409],
  }),
};
