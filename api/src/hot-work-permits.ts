import { z } from "zod";
import { exportFormat } from "./exports.ts";
import {
  approvalAnswer,
  approvalBody,
  hotWorkPermit,
  hotWorkPermitDetail,
  hotWorkPermitStatus,
  permitBody,
} from "./hot-work-permit.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { gasTestBody, permitMeasureId } from "./permit-form.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

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
