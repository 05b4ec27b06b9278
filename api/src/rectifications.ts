import { z } from "zod";
import { alarmSeverity } from "./alarm-shapes.ts";
import { clause } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** issued: the firm has it; answered: the firm has handed in, staff re-inspect; passed and cancelled: over. */
export const rectificationStatus = z.enum(["issued", "answered", "passed", "cancelled"]);
export const rectificationSource = z.enum(["alarm", "inspection", "free"]);
export const rectificationAct = z.enum([
  "answer",
  "submit",
  "ask-extension",
  "decide-extension",
  "reinspect",
  "cancel",
  "appeal",
]);
export type RectificationAct = z.infer<typeof rectificationAct>;

const by = z.object({ name: z.string(), at: z.iso.datetime() });

/** An order to a firm to put something right by a day; the notice 整改通知 is its paper. */
export const rectification = z
  .object({
    rectificationId: z.uuid(),
    /** ZG330723-20260301-0007 */
    number: z.string(),
    status: rectificationStatus,
    severity: alarmSeverity,
    source: rectificationSource,
    title: z.string(),
    region: regionCode,
    regionName: z.string(),
    enterpriseId: z.uuid(),
    enterpriseName: z.string(),
    alarmId: z.uuid().nullable(),
    issuedAt: z.iso.datetime(),
    /** 1: the first answer; each failed re-inspection adds one. */
    round: z.int(),
    /** By when the firm hands in. */
    dueAt: z.iso.datetime(),
    /** By when staff re-inspect what was handed in. */
    reinspectBy: z.iso.datetime().nullable(),
    /** Whether this round's deadline has passed unanswered. */
    isOverdue: z.boolean(),
    /** 0: the region's own people; each deadline that passed adds one, up the region tree. */
    level: z.int(),
  })
  .meta({ id: "Rectification" });
export type Rectification = z.infer<typeof rectification>;

export const rectificationItem = z
  .object({
    itemNo: z.int(),
    what: z.string(),
    /** What it rests on; null: none was named. One whose text nobody here has read is not verified. */
    clause: clause.nullable(),
    /** open: to be answered; answered: to be re-inspected. */
    state: z.enum(["open", "answered", "passed"]),
    answer: z.string().nullable(),
    answeredAt: z.iso.datetime().nullable(),
    evidenceIds: z.array(z.uuid()),
  })
  .meta({ id: "RectificationItem" });
export type RectificationItem = z.infer<typeof rectificationItem>;

export const rectificationHistory = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    what: z.string(),
    /** Masked; null: the platform. */
    name: z.string().nullable(),
    role: z.string().nullable(),
    itemNo: z.int().nullable(),
    text: z.string().nullable(),
    /** The deadline that it set or asked for. */
    until: z.iso.datetime().nullable(),
    evidenceIds: z.array(z.uuid()),
  })
  .meta({ id: "RectificationHistory" });

export const rectificationDetail = rectification
  .extend({
    items: z.array(rectificationItem),
    machines: z.array(z.object({ machineId: z.uuid(), name: z.string(), isLocked: z.boolean() })),
    /** Masked; null: all officers of the firm. */
    answerableName: z.string().nullable(),
    /** Masked. */
    issued: by,
    /** Asked for and not decided. */
    extension: z.object({ until: z.iso.datetime(), reason: z.string() }).nullable(),
    verificationCode: z.string(),
    history: z.array(rectificationHistory),
    /** What the caller may do now. */
    mayDo: z.array(rectificationAct),
  })
  .meta({ id: "RectificationDetail" });
export type RectificationDetail = z.infer<typeof rectificationDetail>;

const said = z
  .string()
  .trim()
  .min(2, { error: bilingual("请填写内容（至少 2 个字）", "Write at least 2 characters") })
  .max(500, { error: bilingual("最多 500 个字", "At most 500 characters") });
const dueAt = z.iso.datetime({ error: bilingual("请填写期限", "Give the deadline") });
const evidenceIds = z
  .array(z.uuid())
  .max(20, { error: bilingual("最多 20 张照片", "At most 20 pictures") })
  .default([]);

const clauseNamed = z.object({
  source: z
    .string()
    .trim()
    .min(2, { error: bilingual("请写明法规名称", "Name the law or standard") })
    .max(100),
  article: z.string().trim().max(40).nullable().default(null),
});
const newItem = z.object({ what: said, clause: clauseNamed.nullable().default(null) });

export const newRectification = z.object({
  enterpriseId: z.uuid({ error: bilingual("请选择单位", "Choose the firm") }),
  source: rectificationSource,
  alarmId: z.uuid().nullable().default(null),
  severity: alarmSeverity,
  title: said,
  items: z
    .array(newItem)
    .min(1, { error: bilingual("至少写一项问题", "Name at least one thing that is wrong") })
    .max(20, { error: bilingual("最多 20 项", "At most 20 things") }),
  machineIds: z.array(z.uuid()).max(50).default([]),
  /** An officer of the firm; null: all of them. */
  answerablePersonId: z.uuid().nullable().default(null),
  /** Absent: what the region's policy gives for the severity, in working hours. */
  dueAt: dueAt.optional(),
});
export type NewRectification = z.infer<typeof newRectification>;

const params = z.object({ rectificationId: z.uuid() });
const itemParams = params.extend({ itemNo: z.coerce.number().int().min(1).max(20) });
const tag = "rectification";
const acted = {
  tag,
  params,
  answers: { 200: rectificationDetail },
  refusals: [401, 403, 404, 409],
} as const;

export const rectificationRoutes = {
  listRectifications: defineRoute({
    method: "GET",
    path: "/api/rectifications",
    tag,
    summary: "Orders to rectify within the caller's regions or firms, the latest first",
    query: z.object({
      ...pageQuery,
      status: rectificationStatus.optional(),
      /** Neither passed nor cancelled. */
      isOpen: z.stringbool().optional(),
      isOverdue: z.stringbool().optional(),
      severity: alarmSeverity.optional(),
      region: regionCode.optional(),
      enterpriseId: z.uuid().optional(),
      alarmId: z.uuid().optional(),
      /** Of the firms that the caller is an officer of. */
      isOwn: z.stringbool().optional(),
    }),
    answers: { 200: pageOf(rectification) },
    refusals: [401, 403],
  }),
  getRectification: defineRoute({
    method: "GET",
    path: "/api/rectifications/:rectificationId",
    tag,
    summary: "One order with its items, its machines and its whole history",
    params,
    answers: { 200: rectificationDetail },
    refusals: [401, 403, 404],
  }),
  listRectificationClauses: defineRoute({
    method: "GET",
    path: "/api/rectification-clauses",
    tag,
    summary: "Clauses that the platform's rules rest on, to name in an order; unread ones are marked",
    answers: { 200: z.object({ clauses: z.array(clause) }) },
    refusals: [401, 403],
  }),
  issueRectification: defineRoute({
    method: "POST",
    path: "/api/rectifications",
    tag,
    summary: "Orders a firm to rectify; its officers are told",
    body: newRectification,
    answers: { 201: rectificationDetail },
    refusals: [401, 403, 404, 409],
  }),
  answerRectificationItem: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/items/:itemNo/answer",
    summary: "The firm says what it did about one item; again as long as it has not handed in",
    body: z.object({ answer: said, evidenceIds }),
    ...acted,
    params: itemParams,
  }),
  submitRectification: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/submission",
    summary: "The firm hands in: every open item is answered",
    ...acted,
  }),
  askRectificationExtension: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/extension",
    summary: "The firm asks for more time, before the deadline",
    body: reasonBody.extend({ until: dueAt }),
    ...acted,
  }),
  decideRectificationExtension: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/extension-decision",
    summary: "Grants the time that was asked for, or refuses it with the reason",
    body: reasonBody.extend({ isGranted: z.boolean() }),
    ...acted,
  }),
  reinspectRectification: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/reinspection",
    summary: "What was found at the re-inspection: all passed ends it, else what failed goes back",
    body: z.object({
      items: z
        .array(
          z.object({
            itemNo: z.int().min(1),
            isPassed: z.boolean(),
            note: z.string().trim().max(500).default(""),
          }),
        )
        .min(1, { error: bilingual("请逐项填写复查结果", "Say of each item whether it passed") })
        .max(20),
      /** Of what goes back; absent: by the region's policy. */
      dueAt: dueAt.optional(),
    }),
    ...acted,
  }),
  cancelRectification: defineRoute({
    method: "POST",
    path: "/api/rectifications/:rectificationId/cancellation",
    summary: "Takes an order back; machines that it locked are unlocked",
    body: reasonBody,
    ...acted,
  }),
  printRectification: defineRoute({
    method: "GET",
    path: "/api/rectifications/:rectificationId/notice.pdf",
    tag,
    summary: "The numbered notice on paper with a verification code; audited",
    params,
    answers: { 200: z.unknown().meta({ description: "application/pdf" }) },
    refusals: [401, 403, 404],
  }),
  verifyRectification: defineRoute({
    method: "GET",
    path: "/api/rectification-verifications/:verificationCode",
    tag,
    summary: "For anybody with a printed notice: whether it is real, and how it stands",
    params: z.object({ verificationCode: z.string().min(1).max(40) }),
    answers: {
      200: z.object({
        number: z.string(),
        status: rectificationStatus,
        issuedAt: z.iso.datetime(),
        dueAt: z.iso.datetime(),
        regionName: z.string(),
      }),
    },
    refusals: [404],
  }),
};
