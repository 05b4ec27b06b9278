import { approverRoles, hotWorkGrades, hotWorkRegimes, weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { outcome, reason } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { machineCodeInput } from "./machines.ts";
import { gasTest, permitForm, permitMeasureId } from "./permit-form.ts";
import { position } from "./place.ts";
import { regionCode } from "./sign-in.ts";
import { foundConflict } from "./work-conflicts.ts";

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
    /** Other work too near at the planned or the valid time, as of now. */
    conflicts: z.array(foundConflict),
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
