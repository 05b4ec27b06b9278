import { clearancePhases, clearanceSteps } from "@hanyouxu/rules";
import { z } from "zod";
import { exportFormat } from "./exports.ts";
import { keyAreaKind } from "./key-areas.ts";
import { bilingual } from "./language.ts";
import { machineCodeInput, reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { sceneCheck } from "./scene-checks.ts";
import { regionCode } from "./sign-in.ts";
import { stationCall } from "./station-calls.ts";
import { foundConflict } from "./work-conflicts.ts";

/** Where a clearance stands, in one word. */
export const clearancePhase = z.enum(clearancePhases);
export type ClearancePhase = z.infer<typeof clearancePhase>;

const shownStep = z.object({
  step: z.enum(clearanceSteps),
  status: z.enum(["open", "waiting", "blocked", "done", "not-demanded"]),
});

/** Everything that one piece of hot work in a key area needs, from the entry to the closed smoulder watch. */
export const clearance = z
  .object({
    clearanceId: z.uuid(),
    phase: clearancePhase,
    keyAreaId: z.uuid(),
    keyAreaName: z.string(),
    keyAreaKind,
    machineId: z.uuid(),
    machineName: z.string(),
    /** Masked, but for the welder. */
    welderName: z.string(),
    enterpriseName: z.string(),
    region: regionCode,
    regionName: z.string(),
    openedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Clearance" });
export type Clearance = z.infer<typeof clearance>;

const smoulderCheck = z.object({
  at: z.iso.datetime(),
  isSafe: z.boolean(),
  note: z.string(),
  personName: z.string(),
});

export const clearanceDetail = clearance
  .extend({
    steps: z.array(shownStep),
    /** Whether the machine would start now, as far as the clearance goes. */
    isReadyToStart: z.boolean(),
    place: position,
    floor: z.string().nullable(),
    /** Who is asking, in this clearance; staff and officers have `none`. */
    part: z.enum(["welder", "watch", "none"]),
    /** What the welder's phone starts the machine by; null for everybody else, who has to scan it. */
    machineCode: z.string().nullable(),
    /** Whether a session ran under it: from then on it is finished, not cancelled. */
    hasWorked: z.boolean(),
    permit: z
      .object({
        permitId: z.uuid(),
        status: z.enum(["waiting", "approved", "suspended"]),
        validFrom: z.iso.datetime().nullable(),
        validTo: z.iso.datetime().nullable(),
      })
      .nullable(),
    /** The latest attempt first. */
    sceneChecks: z.array(sceneCheck),
    sceneAttemptsLeft: z.int(),
    /** When a passed scene has to be shown again; null while that does not matter. */
    sceneValidTo: z.iso.datetime().nullable(),
    stationCalls: z.array(stationCall),
    watch: z
      .object({
        /** Masked, but for the watch. */
        name: z.string(),
        status: z.enum(["present", "asked", "warned", "absent"]),
        /** asked: the answer is due; warned: new arcs stop. Nobody is told when the next question comes. */
        dueAt: z.iso.datetime().nullable(),
      })
      .nullable(),
    workSessionId: z.uuid().nullable(),
    smoulder: z
      .object({
        startedAt: z.iso.datetime(),
        endsAt: z.iso.datetime(),
        /** Null when the last look is done. */
        nextCheckDueAt: z.iso.datetime().nullable(),
        checks: z.array(smoulderCheck),
      })
      .nullable(),
    smoulderMinutes: z.number(),
    /** Other work that goes on too near, or is about to. */
    conflicts: z.array(foundConflict),
    /** The platform's clock, for counting down. */
    now: z.iso.datetime(),
  })
  .meta({ id: "ClearanceDetail" });
export type ClearanceDetail = z.infer<typeof clearanceDetail>;

export const clearanceHistoryEntry = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    /** As in the state machine: `permit-approved`, `watch-seen`, `time` … */
    kind: z.string(),
    phase: clearancePhase,
    /** Masked; null: time, a chip or the platform. */
    actorName: z.string().nullable(),
    /** What it led to: `stop-new-arcs`, `call-station`, news by name. */
    effects: z.array(z.string()),
  })
  .meta({ id: "ClearanceHistoryEntry" });
export type ClearanceHistoryEntry = z.infer<typeof clearanceHistoryEntry>;

/** Rotating; shown on the welder's phone, scanned with the watch's. */
export const siteCode = z
  .object({
    code: z.string(),
    /** The same as the address of a page, for the QR code. */
    url: z.string(),
    validSeconds: z.number(),
  })
  .meta({ id: "SiteCode" });

const params = z.object({ clearanceId: z.uuid() });
const answers = { 200: clearanceDetail };
const refusals = [401, 403, 404, 409] as const;

/** At most so many pictures and clips go with one scene or check. */
export const MOST_EVIDENCE = 20;
const evidenceIds = z.array(z.uuid()).max(MOST_EVIDENCE, {
  error: bilingual("最多 20 个照片或视频", "At most 20 pictures or clips"),
});
const phonePosition = position.nullable();

const clearanceQuery = z.object({
  ...pageQuery,
  phase: clearancePhase.optional(),
  isOpen: z.stringbool().optional(),
  region: regionCode.optional(),
  keyAreaId: z.uuid().optional(),
  machineId: z.uuid().optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** Part of the area's or the machine's name. */
  text: z.string().trim().max(60).optional(),
});

export const clearanceRoutes = {
  openClearance: defineRoute({
    method: "POST",
    path: "/api/clearances",
    tag: "clearances",
    summary: "A welder begins a clearance for a machine in a key area; again leads back to the open one",
    body: z.object({
      machineCode: machineCodeInput,
      keyAreaId: z.uuid(),
      /** Where the welder stands: the hot-work point. */
      position,
      floor: z.string().trim().max(10).nullable().default(null),
    }),
    answers: { 201: clearanceDetail },
    refusals,
  }),
  listOwnClearances: defineRoute({
    method: "GET",
    path: "/api/own-clearances",
    tag: "clearances",
    summary: "Where the caller is welder or fire watch, open ones first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(clearance) },
    refusals: [401],
  }),
  listClearances: defineRoute({
    method: "GET",
    path: "/api/clearances",
    tag: "clearances",
    summary: "Clearances within the caller's regions or enterprise, newest first",
    query: clearanceQuery,
    answers: { 200: pageOf(clearance) },
    refusals: [401, 403],
  }),
  exportClearances: defineRoute({
    method: "GET",
    path: "/api/exports/clearances",
    tag: "exports",
    summary: "The list of clearances with the same filters as a file, names masked; audited",
    query: clearanceQuery
      .omit({ page: true, pageSize: true })
      .extend({ format: exportFormat.default("xlsx") }),
    answers: { 200: z.string().meta({ description: "xlsx or csv, as an attachment" }) },
    refusals: [401, 403, 409],
  }),
  getClearance: defineRoute({
    method: "GET",
    path: "/api/clearances/:clearanceId",
    tag: "clearances",
    summary: "One clearance with its steps and what each waits for",
    params,
    answers,
    refusals: [401, 403, 404],
  }),
  listClearanceHistory: defineRoute({
    method: "GET",
    path: "/api/clearances/:clearanceId/history",
    tag: "clearances",
    summary: "All that happened in it, in order",
    params,
    answers: { 200: z.object({ entries: z.array(clearanceHistoryEntry) }) },
    refusals: [401, 403, 404],
  }),
  attachPermit: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/permit",
    tag: "clearances",
    summary: "The hot-work permit that the work is done under",
    params,
    body: z.object({ permitId: z.uuid() }),
    answers,
    refusals,
  }),
  submitScene: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/scene",
    tag: "clearances",
    summary: "The welder's pictures and 360° video of the scene, to be checked",
    params,
    body: z.object({
      evidenceIds: evidenceIds.min(1, {
        error: bilingual("请先拍摄现场照片或视频", "Take pictures or a video of the scene first"),
      }),
      note: z.string().trim().max(200).default(""),
    }),
    answers,
    refusals,
  }),
  getSiteCode: defineRoute({
    method: "GET",
    path: "/api/clearances/:clearanceId/site-code",
    tag: "clearances",
    summary: "The site code of this moment, once the scene has passed; a photo of it is soon worthless",
    params,
    answers: { 200: siteCode },
    refusals,
  }),
  scanSiteCode: defineRoute({
    method: "POST",
    path: "/api/fire-watch/scans",
    tag: "clearances",
    summary:
      "The fire watch scans the site code at the place and takes over; from then on the machine may start",
    body: z.object({
      code: z
        .string()
        .trim()
        .min(10, { error: bilingual("这不是场所码，请重新扫描", "This is no site code: scan it again") })
        .max(300),
      position: phonePosition,
    }),
    answers,
    refusals,
  }),
  reportWatch: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/watch-presence",
    tag: "clearances",
    summary: "Where the fire watch is now: answers a question, and tells at once when the place is left",
    params,
    body: z.object({ position: phonePosition }),
    answers,
    refusals,
  }),
  finishWork: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/completion",
    tag: "clearances",
    summary: "The welder says that the work is done: the smoulder watch begins",
    params,
    body: z.object({
      /** More work follows under the same permit, in a clearance of its own. */
      permitContinues: z.boolean(),
    }),
    answers,
    refusals,
  }),
  cancelClearance: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/cancellation",
    tag: "clearances",
    summary: "The welder gives up before any work",
    params,
    body: reasonBody,
    answers,
    refusals,
  }),
  checkSmoulder: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/smoulder-checks",
    tag: "clearances",
    summary:
      "A look at the place after work, by the welder or the watch, there; what glows calls the station",
    params,
    body: z.object({
      isSafe: z.boolean(),
      note: z.string().trim().max(200).default(""),
      evidenceIds: evidenceIds.min(1, {
        error: bilingual("请先拍摄现场照片", "Take a picture of the place first"),
      }),
      position: phonePosition,
    }),
    answers,
    refusals,
  }),
  closeSmoulder: defineRoute({
    method: "POST",
    path: "/api/clearances/:clearanceId/closure",
    tag: "clearances",
    summary: "Closes the smoulder watch when its time is over and the last look was safe; never earlier",
    params,
    answers,
    refusals,
  }),
  getClearanceRecord: defineRoute({
    method: "GET",
    path: "/api/clearances/:clearanceId/record.pdf",
    tag: "clearances",
    summary: "The whole record as PDF; each look is in the audit log",
    params,
    answers: { 200: z.unknown().meta({ description: "application/pdf" }) },
    refusals: [401, 403, 404],
  }),
};
