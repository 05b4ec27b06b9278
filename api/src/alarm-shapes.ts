import { alarmActKinds, alarmHandlings, alarmKinds, alarmSeverities } from "@hanyouxu/rules";
import { z } from "zod";
import { text } from "./decisions.ts";
import { position } from "./place.ts";
import { regionCode } from "./sign-in.ts";

export const alarmKind = z.enum(alarmKinds);
export const alarmSeverity = z.enum(alarmSeverities);
export const alarmCondition = z.enum(["active", "cleared"]);
export const alarmHandling = z.enum(alarmHandlings);
/** What can be done about an alarm; `mayDo` of an alarm says which of it the caller may do now. */
export const alarmActKind = z.enum(alarmActKinds);

/** What is the rule of a kind, in words. */
export const alarmKindRule = z
  .object({
    kind: alarmKind,
    severity: alarmSeverity,
    title: text,
    raises: text,
    clears: text,
    /** signal: an opposite signal clears it; quiet: so long without repetition; inspection: only a verified inspection. */
    clearing: z.enum(["signal", "quiet", "inspection"]),
    evidence: z.array(z.string()),
    told: z.array(z.enum(["welder", "officer", "site-owner", "station", "regulator"])),
  })
  .meta({ id: "AlarmKindRule" });
export type ShownAlarmKind = z.infer<typeof alarmKindRule>;

/** An alarm as lists, maps and the live channel show it; it names no person. */
export const alarmSummary = z
  .object({
    alarmId: z.uuid(),
    kind: alarmKind,
    severity: alarmSeverity,
    condition: alarmCondition,
    handling: alarmHandling,
    /** 0: its own region; each deadline that passed adds one, up the region tree. */
    level: z.int(),
    /** When it escalates unless somebody goes on; null: it does not. */
    dueAt: z.iso.datetime().nullable(),
    /** Told too late to be a live alarm: history. */
    wasLate: z.boolean(),
    /** Raised within a suppression window: history. */
    wasSuppressed: z.boolean(),
    raisedCount: z.int(),
    /** When it happened by the chip's corrected clock, and when the platform raised it. */
    occurredAt: z.iso.datetime(),
    raisedAt: z.iso.datetime(),
    lastRaisedAt: z.iso.datetime(),
    clearedAt: z.iso.datetime().nullable(),
    closedAt: z.iso.datetime().nullable(),
    /** The whole platform's alarms have none. */
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    enterpriseId: z.uuid().nullable(),
    enterpriseName: z.string().nullable(),
    siteOwnerName: z.string().nullable(),
    machineId: z.uuid().nullable(),
    machineName: z.string().nullable(),
    keyAreaId: z.uuid().nullable(),
    keyAreaName: z.string().nullable(),
    place: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable(),
    /** The department that it was dispatched to. */
    assignedDepartment: z.string().nullable(),
    /** Numbers and words of the kind, such as gasLelPermille. */
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    /** Grows with every change: the newer of two copies is the one with the greater number. */
    revision: z.int(),
  })
  .meta({ id: "AlarmSummary" });
export type AlarmSummary = z.infer<typeof alarmSummary>;

/** One line of an alarm's history; kept for ever, never changed. */
export const alarmHistoryEntry = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    /** An act, or what the platform noted: raised, raised-again, cleared, escalated, recorded; or note, answer, linked. */
    what: z.enum([
      ...alarmActKinds,
      "raised",
      "raised-again",
      "cleared",
      "escalated",
      "called",
      "recorded",
      "note",
      "answer",
      "linked",
      "merged-from",
    ]),
    /** Masked; null: the platform, or who may not be named to the caller. */
    byName: z.string().nullable(),
    byRole: z.string().nullable(),
    condition: alarmCondition,
    handling: alarmHandling,
    level: z.int(),
    /** What was said: the reason, the note, the result and measures. */
    text: z.string().nullable(),
    /** dispatch: to which department; the person is masked. */
    department: z.string().nullable(),
    assigneeName: z.string().nullable(),
    /** merge, linked, merged-from: the other alarm. */
    otherAlarmId: z.uuid().nullable(),
    evidenceIds: z.array(z.uuid()),
    position: position.nullable(),
    /** called: who was called, in the order in which they are, of which station, and how many people. */
    call: z
      .object({
        who: z.enum(["on-duty", "region", "second", "leader", "neighbour", "department"]),
        station: z.string().nullable(),
        people: z.int(),
      })
      .nullable(),
  })
  .meta({ id: "AlarmHistoryEntry" });
export type AlarmHistoryEntry = z.infer<typeof alarmHistoryEntry>;

/** What was kept as proof: a record of the platform, by kind and id. */
export const alarmEvidence = z.object({ kind: z.string(), id: z.string(), at: z.iso.datetime() });

export const alarmDetail = alarmSummary
  .extend({
    rule: alarmKindRule,
    welder: z.object({ welderId: z.uuid(), personId: z.uuid(), /** Masked. */ name: z.string() }).nullable(),
    workSessionId: z.uuid().nullable(),
    clearanceId: z.uuid().nullable(),
    decisionId: z.uuid().nullable(),
    evidence: z.array(alarmEvidence),
    limits: z.object({
      acknowledgeMinutes: z.number(),
      arriveMinutes: z.number(),
      handleMinutes: z.number(),
      verifyMinutes: z.number(),
    }),
    /** Names the regional numbers that held when it was raised. */
    policyVersion: z.string(),
    /** Whom it was dispatched to or who accepted it, masked. */
    assigneeName: z.string().nullable(),
    isAssignedToMe: z.boolean(),
    history: z.array(alarmHistoryEntry),
    links: z.array(z.object({ alarmId: z.uuid(), kind: alarmKind, handling: alarmHandling })),
    mergedInto: z.uuid().nullable(),
    mayDo: z.array(alarmActKind),
    mayNote: z.boolean(),
    mayAnswer: z.boolean(),
  })
  .meta({ id: "AlarmDetail" });
export type AlarmDetail = z.infer<typeof alarmDetail>;

/** How many alarms there are within the caller's reach, by the filter of the list. */
export const alarmCounts = z
  .object({
    open: z.int(),
    unacknowledged: z.int(),
    overdue: z.int(),
    bySeverity: z.object({ danger: z.int(), warning: z.int(), notice: z.int() }),
    byKind: z.array(z.object({ kind: alarmKind, open: z.int() })),
  })
  .meta({ id: "AlarmCounts" });
export type AlarmCounts = z.infer<typeof alarmCounts>;
