import { z } from "zod";
import { alarmPlayback, alarmPlaybackQuery } from "./alarm-playback.ts";
import {
  alarmCondition,
  alarmCounts,
  alarmDetail,
  alarmHandling,
  alarmKind,
  alarmKindRule,
  alarmSeverity,
  alarmSummary,
} from "./alarm-shapes.ts";
import { text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

const said = (least: number, zh: string, en: string) =>
  z
    .string()
    .trim()
    .min(least, { error: bilingual(zh, en) })
    .max(500, { error: bilingual("最多 500 个字", "At most 500 characters") });
const reason = said(2, "请写明原因（至少 2 个字）", "Give the reason, at least 2 characters");
const note = said(1, "请填写内容", "Say something");
const optionalNote = z
  .string()
  .trim()
  .max(500, { error: bilingual("最多 500 个字", "At most 500 characters") })
  .optional();
const evidenceIds = z
  .array(z.uuid())
  .max(20, { error: bilingual("最多 20 张照片", "At most 20 pictures") })
  .default([]);

const filter = {
  severity: alarmSeverity.optional(),
  kind: alarmKind.optional(),
  condition: alarmCondition.optional(),
  handling: alarmHandling.optional(),
  /** Not closed, no false alarm, not merged, no history. */
  isOpen: z.stringbool().optional(),
  /** History that never was a live alarm is left out unless asked for. */
  withRecorded: z.stringbool().default(false),
  isOverdue: z.stringbool().optional(),
  isMine: z.stringbool().optional(),
  /** Given to one of the caller's departments, and to no person of it. */
  isMyDepartments: z.stringbool().optional(),
  region: regionCode.optional(),
  enterpriseId: z.uuid().optional(),
  machineId: z.uuid().optional(),
  /** Raised within this time. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};

const params = z.object({ alarmId: z.uuid() });
const acted = { params, answers: { 200: alarmDetail }, refusals: [401, 403, 404, 409] } as const;
const tag = "alarms";

export const alarmRoutes = {
  listAlarmKinds: defineRoute({
    method: "GET",
    path: "/api/alarm-kinds",
    tag,
    summary: "Every kind of alarm: what raises and clears it, what is kept, who is told",
    answers: { 200: z.object({ kinds: z.array(alarmKindRule) }) },
    refusals: [401],
  }),
  listAlarms: defineRoute({
    method: "GET",
    path: "/api/alarms",
    tag,
    summary: "Alarms within the caller's reach: open ones first, dangers before all, then the newest",
    query: z.object({ ...pageQuery, ...filter }),
    answers: { 200: pageOf(alarmSummary) },
    refusals: [401, 403],
  }),
  countAlarms: defineRoute({
    method: "GET",
    path: "/api/alarm-counts",
    tag,
    summary: "How many open alarms there are within the caller's reach",
    query: z.object({ region: regionCode.optional(), enterpriseId: z.uuid().optional() }),
    answers: { 200: alarmCounts },
    refusals: [401, 403],
  }),
  playBackAlarm: defineRoute({
    method: "GET",
    path: "/api/alarms/:alarmId/playback",
    tag,
    summary: "The machine's track and readings around an alarm, for who may see readings; audited",
    params,
    query: alarmPlaybackQuery,
    answers: { 200: alarmPlayback },
    refusals: [401, 403, 404],
  }),
  getAlarm: defineRoute({
    method: "GET",
    path: "/api/alarms/:alarmId",
    tag,
    summary: "One alarm with its rule, evidence and history, and what the caller may do about it",
    params,
    answers: { 200: alarmDetail },
    refusals: [401, 403, 404],
  }),
  acknowledgeAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/acknowledgement",
    tag,
    summary: "Somebody has seen it and answers for what follows",
    body: z.object({ note: optionalNote }),
    ...acted,
  }),
  acknowledgeAlarms: defineRoute({
    method: "POST",
    path: "/api/alarm-acknowledgements",
    tag,
    summary: "Acknowledges many at once; those that cannot be are named with the reason",
    body: z.object({
      alarmIds: z
        .array(z.uuid())
        .min(1, { error: bilingual("请选择预警", "Choose alarms") })
        .max(200, { error: bilingual("一次最多 200 条", "At most 200 at a time") }),
    }),
    answers: {
      200: z.object({
        acknowledged: z.array(z.uuid()),
        refused: z.array(z.object({ alarmId: z.uuid(), code: z.string() })),
      }),
    },
    refusals: [401, 403],
  }),
  dispatchAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/dispatch",
    tag,
    summary: "Gives it to a department, a person or both; from one that has it, this is the hand-over",
    body: z
      .object({
        department: z.string().max(40).nullable(),
        personId: z.uuid().nullable(),
        note: optionalNote,
      })
      .refine(({ department, personId }) => department !== null || personId !== null, {
        error: bilingual("请选择部门或人员", "Choose a department or a person"),
        path: ["department"],
      }),
    ...acted,
  }),
  listAlarmAssignees: defineRoute({
    method: "GET",
    path: "/api/alarms/:alarmId/assignees",
    tag,
    summary: "Whom it can be dispatched to: departments, and staff whose reach holds it, masked",
    params,
    answers: {
      200: z.object({
        departments: z.array(z.object({ department: z.string(), name: text })),
        people: z.array(
          z.object({
            personId: z.uuid(),
            name: z.string(),
            role: z.string(),
            region: regionCode.nullable(),
            department: z.string().nullable(),
          }),
        ),
      }),
    },
    refusals: [401, 403, 404],
  }),
  acceptAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/acceptance",
    tag,
    summary: "Who was given it takes it on",
    body: z.object({ note: optionalNote }),
    ...acted,
  }),
  arriveAtAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/arrival",
    tag,
    summary: "At the place, with the phone's position where it knows it",
    body: z.object({ position: position.nullable(), note: optionalNote }),
    ...acted,
  }),
  handleAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/handling",
    tag,
    summary: "What was found and done, with pictures of purpose `alarm`",
    body: z.object({
      result: said(2, "请写明现场情况（至少 2 个字）", "Say what you found (at least 2 characters)"),
      measures: said(2, "请写明采取的措施（至少 2 个字）", "Say what was done (at least 2 characters)"),
      evidenceIds,
    }),
    ...acted,
  }),
  verifyAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/verification",
    tag,
    summary: "The handling was looked at and holds; of a danger, by another person than handled it",
    body: z.object({ note: optionalNote }),
    ...acted,
  }),
  closeAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/closure",
    tag,
    summary: "Nothing is left to do; never while its condition is active",
    body: z.object({ note: optionalNote }),
    ...acted,
  }),
  reopenAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/reopening",
    tag,
    summary: "It was not over: it begins again",
    body: z.object({ reason }),
    ...acted,
  }),
  markFalseAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/false-alarm",
    tag,
    summary: "There was nothing, with the reason; the only way to end one that is still active",
    body: z.object({ reason }),
    ...acted,
  }),
  noteAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/notes",
    tag,
    summary: "Adds a note to the history",
    body: z.object({ note, evidenceIds }),
    ...acted,
  }),
  linkAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/links",
    tag,
    summary: "Says that another alarm belongs to it; both stay open",
    body: z.object({ otherAlarmId: z.uuid(), note: optionalNote }),
    ...acted,
  }),
  mergeAlarm: defineRoute({
    method: "POST",
    path: "/api/alarms/:alarmId/merge",
    tag,
    summary: "Ends it in favour of another open alarm, which is handled for both",
    body: z.object({ intoAlarmId: z.uuid(), note: optionalNote }),
    ...acted,
  }),
  listOwnAlarms: defineRoute({
    method: "GET",
    path: "/api/me/alarms",
    tag,
    summary: "A welder's own alarms, and those of the firms that the caller is an officer of",
    query: z.object({ ...pageQuery, isOpen: z.stringbool().optional() }),
    answers: { 200: pageOf(alarmSummary) },
    refusals: [401, 403],
  }),
  getOwnAlarm: defineRoute({
    method: "GET",
    path: "/api/me/alarms/:alarmId",
    tag,
    summary: "One of the caller's own alarms",
    params,
    answers: { 200: alarmDetail },
    refusals: [401, 403, 404],
  }),
  answerAlarm: defineRoute({
    method: "POST",
    path: "/api/me/alarms/:alarmId/answers",
    tag,
    summary: "The welder or the firm says something about an alarm of theirs",
    body: z.object({ note, evidenceIds }),
    ...acted,
  }),
};
