import { weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";
import { machineCodeInput } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { chipIdInput } from "./retrofit.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What is to be done next, in this order. `done` and `abandoned` are ends. */
export const installationStep = z.enum([
  "label",
  "machine",
  "photos",
  "position",
  "profile",
  "enrolment",
  "relay-test",
  "signature",
  "done",
  "abandoned",
]);
export type InstallationStep = z.infer<typeof installationStep>;

/**
 * The relay of the real chip under a signed grant of a few seconds: `sent`, `closed` when the chip says so, then
 * `passed` when it has opened again in time, or `failed` with the reason.
 */
export const relayTest = z
  .object({
    relayTestId: z.uuid(),
    status: z.enum(["sent", "closed", "passed", "failed"]),
    /** The chip's refusal, `no-answer`, `no-opening`, or the interlock that cut it. */
    failure: z.string().nullable(),
    holdSeconds: z.int(),
    sentAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    openedAt: z.iso.datetime().nullable(),
    openReason: z.string().nullable(),
    /** The chip's own signature over the record: null while it has not come. */
    checkpointVerified: z.boolean().nullable(),
  })
  .meta({ id: "RelayTest" });
export type RelayTest = z.infer<typeof relayTest>;

export const installation = z
  .object({
    installationId: z.uuid(),
    campaignId: z.uuid(),
    campaignName: z.string(),
    /** Masked. */
    installerName: z.string(),
    chipId: z.string(),
    step: installationStep,
    machineCode: z.string().nullable(),
    machineId: z.uuid().nullable(),
    machineName: z.string().nullable(),
    model: z.string().nullable(),
    process: z.string().nullable(),
    enterpriseName: z.string().nullable(),
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    photoCount: z.int(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    lastTest: relayTest.nullable(),
  })
  .meta({ id: "Installation" });
export type Installation = z.infer<typeof installation>;

export const installationDetail = installation
  .extend({
    position: position.nullable(),
    photos: z.array(z.object({ photoId: z.uuid(), takenAt: z.iso.datetime() })),
    tests: z.array(relayTest),
    hasSignature: z.boolean(),
    abandonReason: z.string().nullable(),
    enrolment: z.object({
      /** The machine's chip is this one: the token was used. */
      isEnrolled: z.boolean(),
      /** Another chip used the token, or was in the machine before. */
      otherChipId: z.string().nullable(),
      isOnline: z.boolean(),
      heardAt: z.iso.datetime().nullable(),
      firmware: z.string().nullable(),
    }),
    now: z.iso.datetime(),
  })
  .meta({ id: "InstallationDetail" });
export type InstallationDetail = z.infer<typeof installationDetail>;

/** The largest picture as bytes; phones make them smaller before they send them. */
export const MOST_PHOTO_BYTES = 1_048_576;

const picture = z
  .base64({ error: bilingual("图片应为 Base64 文本", "the picture as Base64") })
  .min(4)
  .max(Math.ceil(MOST_PHOTO_BYTES / 3) * 4, {
    error: bilingual("图片超过 1 MB，请压缩后重试", "more than 1 MB: make it smaller"),
  });
const PICTURE_BODY_BYTES = Math.ceil(MOST_PHOTO_BYTES / 3) * 4 + 1024;

const params = z.object({ installationId: z.uuid() });
const answers = { 200: installationDetail };
const refusals = [401, 403, 404, 409] as const;

export const installationRoutes = {
  startInstallation: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations",
    tag: "installations",
    summary: "An installer scans a chip; scanned again, it leads back to the open installation",
    body: z.object({ campaignId: z.uuid(), chipId: chipIdInput }),
    answers: { 201: installationDetail },
    refusals,
  }),
  listOwnInstallations: defineRoute({
    method: "GET",
    path: "/api/retrofit/own-installations",
    tag: "installations",
    summary: "The installer's own installations, open ones first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(installation) },
    refusals: [401, 403],
  }),
  listInstallations: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns/:campaignId/installations",
    tag: "installations",
    summary: "The installations of a campaign, newest first",
    params: z.object({ campaignId: z.uuid() }),
    query: z.object({
      ...pageQuery,
      region: regionCode.optional(),
      status: z.enum(["open", "in-service", "abandoned"]).optional(),
      text: z.string().trim().max(60).optional(),
    }),
    answers: { 200: pageOf(installation) },
    refusals: [401, 403, 404],
  }),
  getInstallation: defineRoute({
    method: "GET",
    path: "/api/retrofit/installations/:installationId",
    tag: "installations",
    summary: "One installation with the step that is next, its photos and relay tests",
    params,
    answers,
    refusals: [401, 403, 404],
  }),
  setInstallationLabel: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/label",
    tag: "installations",
    summary:
      "The label that was scanned: a blank one asks for the machine's data, a bound one leads to its machine",
    params,
    body: z.object({ machineCode: machineCodeInput }),
    answers,
    refusals,
  }),
  setInstallationMachine: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/machine",
    tag: "installations",
    summary: "Registers the machine that the blank label is on",
    params,
    body: z.object({
      enterpriseId: z.uuid(),
      name: z
        .string()
        .trim()
        .min(1, { error: bilingual("请填写焊机名称或编号", "Give the machine a name or number") })
        .max(60),
      model: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写铭牌上的型号", "Copy the model from the nameplate") })
        .max(40),
      process: z.enum(weldingProcesses),
      isMobile: z.boolean(),
    }),
    answers,
    refusals,
  }),
  findEnterprises: defineRoute({
    method: "GET",
    path: "/api/retrofit/enterprises",
    tag: "installations",
    summary: "Enterprises within the installer's regions by part of their name",
    query: z.object({ text: z.string().trim().max(60).default("") }),
    answers: {
      200: z.object({
        enterprises: z.array(z.object({ enterpriseId: z.uuid(), name: z.string(), regionName: z.string() })),
      }),
    },
    refusals: [401, 403],
  }),
  addInstallationPhoto: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/photos",
    tag: "installations",
    summary:
      "A photo of the machine, its nameplate or the fitted chip, as JPEG, PNG or WebP; the same again counts once",
    params,
    body: z.object({ picture }),
    bodyLimitBytes: PICTURE_BODY_BYTES,
    answers: { 201: installationDetail },
    refusals,
  }),
  getInstallationPhoto: defineRoute({
    method: "GET",
    path: "/api/retrofit/photos/:photoId",
    tag: "installations",
    summary: "A photo of an installation; each look is in the audit log",
    params: z.object({ photoId: z.uuid() }),
    answers: { 200: z.unknown().meta({ description: "image/jpeg, image/png or image/webp" }) },
    refusals: [401, 403, 404],
  }),
  setInstallationPosition: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/position",
    tag: "installations",
    summary: "Where the machine stands, by the installer's phone",
    params,
    body: z.object({ position }),
    answers,
    refusals,
  }),
  confirmProfile: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/profile",
    tag: "installations",
    summary: "The installer has read how the chip goes into this model",
    params,
    answers,
    refusals,
  }),
  issueInstallationToken: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/enrolment-token",
    tag: "installations",
    summary: "The one-use token with which the chip enrols for this machine",
    params,
    answers: { 201: z.object({ enrolmentToken: z.string(), expiresAt: z.iso.datetime() }) },
    refusals,
  }),
  testRelay: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/relay-tests",
    tag: "installations",
    summary: "Closes the relay for some seconds under a signed grant of its own; it is no work session",
    params,
    answers: { 201: installationDetail },
    refusals,
  }),
  signInstallation: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/signature",
    tag: "installations",
    summary: "The installer's drawn signature as PNG; the machine is in service",
    params,
    body: z.object({ picture }),
    bodyLimitBytes: PICTURE_BODY_BYTES,
    answers,
    refusals,
  }),
  getInstallationSignature: defineRoute({
    method: "GET",
    path: "/api/retrofit/installations/:installationId/signature.png",
    tag: "installations",
    summary: "The signature; each look is in the audit log",
    params,
    answers: { 200: z.unknown().meta({ description: "image/png" }) },
    refusals: [401, 403, 404],
  }),
  abandonInstallation: defineRoute({
    method: "POST",
    path: "/api/retrofit/installations/:installationId/abandonment",
    tag: "installations",
    summary: "Gives an installation up; a chip that is to blame is written off",
    params,
    body: z.object({
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
        .max(200),
      isChipDefective: z.boolean(),
    }),
    answers,
    refusals,
  }),
};
