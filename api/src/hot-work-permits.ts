import { approverRoles, hotWorkGrades, hotWorkRegimes, weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { outcome, reason } from "./decisions.ts";
import { exportFormat } from "./exports.ts";
import { bilingual } from "./language.ts";
import { machineCodeInput, reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { gasTest, gasTestBody, permitForm, permitMeasureId } from "./permit-form.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/**
 * draft → submitted → approved ⇄ suspended → closed. rejected: the approver said no; void: withdrawn, or replaced by a
 * new one because something changed; expired: its time ran out. Nothing extends a permit.
 */
export const hotWorkPermitStatus = z.enum([
  "draft",
  "submitted",
  "approved",
  "suspended",
  "closed",
  "void",
  "rejected",
  "expired",
]);
export type HotWorkPermitStatus = z.infer<typeof hotWorkPermitStatus>;

/** The spot of the hot work, as the welder's phone gave it. */
const hotWorkPoint = position.extend({
  floor: z.string().trim().max(10).nullable().default(null),
  description: z.string().trim().max(200).default(""),
});

/** Everything the welder fills in; what is left out is not said yet and shows among `missing`. */
export const permitBody = z
  .object({
    keyAreaId: z.uuid().nullable().default(null),
    /** In a key area that has one, the area's own stands instead. */
    siteOwnerEnterpriseId: z.uuid().nullable().default(null),
    /** One of the welder's firms. */
    contractorEnterpriseId: z.uuid().nullable().default(null),
    machineCode: machineCodeInput.nullable().default(null),
    /** Only where neither the area nor the site owner says which rules hold. */
    regime: z.enum(["general", "building-site"]).nullable().default(null),
    point: hotWorkPoint.nullable().default(null),
    grade: z.enum(hotWorkGrades).nullable().default(null),
    workDescription: z.string().trim().max(500).default(""),
    method: z.enum(weldingProcesses).nullable().default(null),
    plannedFrom: z.iso.datetime().nullable().default(null),
    plannedTo: z.iso.datetime().nullable().default(null),
    form: permitForm,
    supervisorPersonId: z.uuid().nullable().default(null),
    fireWatchPersonId: z.uuid().nullable().default(null),
  })
  .refine(({ plannedFrom, plannedTo }) => !plannedFrom || !plannedTo || plannedFrom < plannedTo, {
    path: ["plannedTo"],
    error: bilingual("结束时间应晚于开始时间", "The end is later than the start"),
  });
export type PermitBody = z.infer<typeof permitBody>;

/** A person on the permit; the name is masked, but for himself and on the printed permit. */
const permitPerson = z
  .object({ personId: z.uuid(), name: z.string(), trainedTo: z.iso.date().nullable() })
  .nullable();

export const hotWorkPermit = z
  .object({
    permitId: z.uuid(),
    permitNumber: z.string(),
    status: hotWorkPermitStatus,
    region: regionCode,
    regionName: z.string(),
    keyAreaId: z.uuid().nullable(),
    keyAreaName: z.string().nullable(),
    siteOwnerEnterpriseId: z.uuid().nullable(),
    siteOwnerName: z.string().nullable(),
    contractorEnterpriseId: z.uuid().nullable(),
    contractorName: z.string().nullable(),
    machineId: z.uuid().nullable(),
    machineName: z.string().nullable(),
    welderId: z.uuid(),
    welderName: z.string(),
    regime: z.enum(hotWorkRegimes),
    grade: z.enum(hotWorkGrades).nullable(),
    workDescription: z.string(),
    placeDescription: z.string(),
    plannedFrom: z.iso.datetime().nullable(),
    plannedTo: z.iso.datetime().nullable(),
    validFrom: z.iso.datetime().nullable(),
    validTo: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    submittedAt: z.iso.datetime().nullable(),
    approvedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "HotWorkPermit" });
export type HotWorkPermit = z.infer<typeof hotWorkPermit>;

/** What is missing before it can be submitted: a field, `measures.…` or `photos.…`. */
const missing = z.array(z.string());

export const hotWorkPermitDetail = hotWorkPermit
  .extend({
    machineCode: z.string().nullable(),
    point: hotWorkPoint.nullable(),
    method: z.enum(weldingProcesses).nullable(),
    form: permitForm,
    gasTests: z.array(gasTest),
    photos: z.array(z.object({ photoId: z.uuid(), measure: permitMeasureId, takenAt: z.iso.datetime() })),
    people: z.object({
      welder: permitPerson,
      supervisor: permitPerson,
      fireWatch: permitPerson,
      approver: permitPerson,
    }),
    approval: z
      .object({
        role: z.enum(approverRoles),
        distanceMetres: z.int(),
        accuracyMetres: z.number(),
      })
      .nullable(),
    /** The last decision about issuing it: null before the first. */
    decision: z.object({ outcome, reasons: z.array(reason), decidedAt: z.iso.datetime() }).nullable(),
    missing,
    /** What the law says to a draft as it would be once approved: it cannot be submitted while there is any. */
    lawReasons: z.array(reason),
    /** Of who suspended, rejected, ended or replaced it. */
    statusReason: z.string().nullable(),
    copiedFrom: z.uuid().nullable(),
    supersededBy: z.uuid().nullable(),
    /** What the printed permit carries for the public page; null before it is approved. */
    verificationCode: z.string().nullable(),
    may: z.object({
      edit: z.boolean(),
      addGasTest: z.boolean(),
      approve: z.boolean(),
      suspend: z.boolean(),
      resume: z.boolean(),
      void: z.boolean(),
      close: z.boolean(),
      replace: z.boolean(),
    }),
    now: z.iso.datetime(),
  })
  .meta({ id: "HotWorkPermitDetail" });
export type HotWorkPermitDetail = z.infer<typeof hotWorkPermitDetail>;

/** Where the approver stands, by his phone just now. */
export const approvalBody = z.object({
  position: position.extend({
    /** How old the fix is by the phone's own clock. */
    ageSeconds: z.number().min(0).max(86_400),
  }),
  asRole: z.enum(approverRoles, {
    error: bilingual("请选择以何身份审批", "Choose in which role you approve"),
  }),
  /** Null: at once, or as planned where that is later. One before the approval is refused. */
  validFrom: z.iso.datetime().nullable().default(null),
  hasInspected: z.literal(true, {
    error: bilingual("请先查看现场，再确认", "Look at the place first, and confirm it"),
  }),
  /** Drawn; PNG as Base64. */
  signature: z
    .base64({ error: bilingual("请签名", "Sign, please") })
    .min(4)
    .max(1_398_104),
});
export type ApprovalBody = z.infer<typeof approvalBody>;

export const approvalAnswer = z
  .object({ outcome, reasons: z.array(reason), permit: hotWorkPermitDetail })
  .meta({ id: "ApprovalAnswer" });

const permitParams = z.object({ permitId: z.uuid() });
const answers = { 200: hotWorkPermitDetail };
const refusals = [401, 403, 404, 409] as const;
const PICTURE_BODY_BYTES = 1_400_000;
const base = "/api/hot-work-permits";

const permitQuery = z.object({
  ...pageQuery,
  status: hotWorkPermitStatus.optional(),
  region: regionCode.optional(),
  keyAreaId: z.uuid().optional(),
  siteOwnerEnterpriseId: z.uuid().optional(),
  contractorEnterpriseId: z.uuid().optional(),
  /** Those whose time touches this day, Asia/Shanghai. */
  day: z.iso.date().optional(),
  /** Part of the number, of a firm's, an area's or a place's name. */
  text: z.string().trim().max(100).optional(),
});

export const hotWorkPermitRoutes = {
  listHotWorkPermits: defineRoute({
    method: "GET",
    path: base,
    tag: "hot-work-permits",
    summary: "Permits within the caller's regions or enterprise, newest first",
    query: permitQuery,
    answers: { 200: pageOf(hotWorkPermit) },
    refusals: [401, 403],
  }),
  exportHotWorkPermits: defineRoute({
    method: "GET",
    path: "/api/exports/hot-work-permits",
    tag: "exports",
    summary: "The list of permits with the same filters as a file, names masked; audited",
    query: permitQuery.omit({ page: true, pageSize: true }).extend({ format: exportFormat.default("xlsx") }),
    answers: { 200: z.string().meta({ description: "xlsx or csv, as an attachment" }) },
    refusals: [401, 403, 409],
  }),
  listOwnHotWorkPermits: defineRoute({
    method: "GET",
    path: "/api/me/hot-work-permits",
    tag: "hot-work-permits",
    summary: "Permits on which the caller is welder, supervisor or fire watch, newest first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(hotWorkPermit) },
    refusals: [401, 403],
  }),
  listPermitPeople: defineRoute({
    method: "GET",
    path: "/api/hot-work-permit-people",
    tag: "hot-work-permits",
    summary: "Whom a welder may name as supervisor and as fire watch, masked",
    query: z.object({
      siteOwnerEnterpriseId: z.uuid().optional(),
      contractorEnterpriseId: z.uuid().optional(),
    }),
    answers: {
      200: z.object({
        supervisors: z.array(
          z.object({ personId: z.uuid(), name: z.string(), phone: z.string().nullable() }),
        ),
        fireWatches: z.array(
          z.object({
            personId: z.uuid(),
            name: z.string(),
            phone: z.string().nullable(),
            trainedTo: z.iso.date(),
            isTrained: z.boolean(),
          }),
        ),
      }),
    },
    refusals: [401, 403],
  }),
  createHotWorkPermit: defineRoute({
    method: "POST",
    path: base,
    tag: "hot-work-permits",
    summary: "A welder begins a permit",
    body: permitBody,
    answers: { 201: hotWorkPermitDetail },
    refusals,
  }),
  getHotWorkPermit: defineRoute({
    method: "GET",
    path: `${base}/:permitId`,
    tag: "hot-work-permits",
    summary: "One permit, with what is missing and what the caller may do",
    params: permitParams,
    answers,
    refusals: [401, 403, 404],
  }),
  changeHotWorkPermit: defineRoute({
    method: "PUT",
    path: `${base}/:permitId`,
    tag: "hot-work-permits",
    summary: "The welder fills in his draft; once submitted nothing on it changes",
    params: permitParams,
    body: permitBody,
    answers,
    refusals,
  }),
  copyHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/copy`,
    tag: "hot-work-permits",
    summary:
      "A new draft from an earlier permit of the welder's: without times, gas tests, confirmations and photos",
    params: permitParams,
    answers: { 201: hotWorkPermitDetail },
    refusals,
  }),
  replaceHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/replacement`,
    tag: "hot-work-permits",
    summary: "Something has changed: the permit is void at once and a new draft takes its place",
    params: permitParams,
    body: reasonBody,
    answers: { 201: hotWorkPermitDetail },
    refusals,
  }),
  addPermitPhoto: defineRoute({
    method: "POST",
    path: `${base}/:permitId/photos`,
    tag: "hot-work-permits",
    summary: "A picture of a measure, as JPEG, PNG or WebP; the same again counts once",
    params: permitParams,
    body: z.object({ measure: permitMeasureId, picture: z.base64().min(4).max(1_398_104) }),
    bodyLimitBytes: PICTURE_BODY_BYTES,
    answers: { 201: hotWorkPermitDetail },
    refusals,
  }),
  getPermitPhoto: defineRoute({
    method: "GET",
    path: "/api/hot-work-permit-photos/:photoId",
    tag: "hot-work-permits",
    summary: "A picture of a measure or a gas test; each look is in the audit log",
    params: z.object({ photoId: z.uuid() }),
    answers: { 200: z.unknown().meta({ description: "image/jpeg, image/png or image/webp" }) },
    refusals: [401, 403, 404],
  }),
  addPermitGasTest: defineRoute({
    method: "POST",
    path: `${base}/:permitId/gas-tests`,
    tag: "hot-work-permits",
    summary: "A gas test, before the permit and again during the work; entered ones never change",
    params: permitParams,
    body: gasTestBody,
    bodyLimitBytes: PICTURE_BODY_BYTES,
    answers: { 201: hotWorkPermitDetail },
    refusals,
  }),
  submitHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/submission`,
    tag: "hot-work-permits",
    summary: "The welder submits it; refused with `details.missing` while something is missing",
    params: permitParams,
    answers,
    refusals,
  }),
  approveHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/approval`,
    tag: "hot-work-permits",
    summary:
      "An officer of the site owner approves at the place, signed; the law packs decide and name what is wrong",
    params: permitParams,
    body: approvalBody,
    bodyLimitBytes: PICTURE_BODY_BYTES,
    answers: { 200: approvalAnswer },
    refusals,
  }),
  rejectHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/rejection`,
    tag: "hot-work-permits",
    summary: "Whoever could approve it says no",
    params: permitParams,
    body: reasonBody,
    answers,
    refusals,
  }),
  suspendHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/suspension`,
    tag: "hot-work-permits",
    summary: "Suspends an approved permit; no new arc under it",
    params: permitParams,
    body: reasonBody,
    answers,
    refusals,
  }),
  resumeHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/resumption`,
    tag: "hot-work-permits",
    summary: "Takes a suspension back, within the permit's time",
    params: permitParams,
    body: reasonBody,
    answers,
    refusals,
  }),
  voidHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/voiding`,
    tag: "hot-work-permits",
    summary:
      "Withdraws a permit: the welder his own before it is approved, staff and the site owner at any time",
    params: permitParams,
    body: reasonBody,
    answers,
    refusals,
  }),
  closeHotWorkPermit: defineRoute({
    method: "POST",
    path: `${base}/:permitId/closing`,
    tag: "hot-work-permits",
    summary: "The work is finished and the place was looked over: the permit ends",
    params: permitParams,
    body: z.object({
      isResidualFireExcluded: z.literal(true, {
        error: bilingual("请确认现场无残留火种", "Confirm that no fire is left"),
      }),
    }),
    answers,
    refusals,
  }),
  getPermitSignature: defineRoute({
    method: "GET",
    path: `${base}/:permitId/signature.png`,
    tag: "hot-work-permits",
    summary: "The approver's signature; each look is in the audit log",
    params: permitParams,
    answers: { 200: z.unknown().meta({ description: "image/png" }) },
    refusals: [401, 403, 404],
  }),
  printHotWorkPermit: defineRoute({
    method: "GET",
    path: `${base}/:permitId/ticket.pdf`,
    tag: "hot-work-permits",
    summary: "The permit in the layout of GB 30871-2022 table A.1, with a verification code; audited",
    params: permitParams,
    answers: { 200: z.unknown().meta({ description: "application/pdf" }) },
    refusals,
  }),
  verifyPermit: defineRoute({
    method: "GET",
    path: "/api/permit-verifications/:verificationCode",
    tag: "hot-work-permits",
    summary: "For anybody with a printed permit: whether it is real and holds now",
    params: z.object({ verificationCode: z.string().min(1).max(40) }),
    answers: {
      200: z.object({
        permitNumber: z.string(),
        status: hotWorkPermitStatus,
        validFrom: z.iso.datetime().nullable(),
        validTo: z.iso.datetime().nullable(),
        isValidNow: z.boolean(),
      }),
    },
    refusals: [404],
  }),
};
