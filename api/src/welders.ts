import { z } from "zod";
import { certificate, certificateFamily, photoBodyBytes, photoData } from "./certificates.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { consentText } from "./personal-data.ts";
import { defineRoute } from "./route.ts";
import { me, regionCode } from "./sign-in.ts";
import { workSession } from "./work-sessions.ts";

/** What somebody whose phone is proved needs to register as a welder. */
export const registrationSheet = z
  .object({
    isRegistered: z.boolean(),
    /** The name the platform has already, as of an officer; empty for who is new. */
    name: z.string(),
    /** The privacy notice in force. */
    consent: consentText,
    townships: z.array(z.object({ code: regionCode, name: z.string(), countyName: z.string() })),
  })
  .meta({ id: "RegistrationSheet" });
export type RegistrationSheet = z.infer<typeof registrationSheet>;

/** What a list can be narrowed to: by what the welder's certificates amount to today. */
export const certificateState = z.enum(["counting", "waiting", "rejected", "expiring", "lapsed", "none"]);
export type CertificateState = z.infer<typeof certificateState>;

export const welder = z
  .object({
    welderId: z.uuid(),
    /** Masked. */
    name: z.string(),
    phone: z.string().nullable(),
    identityNumber: z.string().nullable(),
    region: regionCode,
    regionName: z.string(),
    status: z.enum(["active", "suspended"]),
    certificateState,
    certificateCount: z.int(),
    /** Of what counts today; null when nothing does. */
    validTo: z.iso.date().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Welder" });
export type Welder = z.infer<typeof welder>;

export const welderDetail = welder
  .extend({
    enterprises: z.array(z.object({ enterpriseId: z.uuid(), name: z.string() })),
    certificates: z.array(certificate),
    /** The latest within the caller's reach. */
    workSessions: z.array(workSession),
    /** Privacy notices agreed to and not taken back. */
    consents: z.array(z.object({ version: z.int(), agreedAt: z.iso.datetime() })),
  })
  .meta({ id: "WelderDetail" });
export type WelderDetail = z.infer<typeof welderDetail>;

export const welderRoutes = {
  getRegistration: defineRoute({
    method: "GET",
    path: "/api/registration",
    tag: "welders",
    summary: "What to show to somebody who registers: the privacy text in force and the townships",
    answers: { 200: registrationSheet },
    refusals: [401],
  }),
  registerWelder: defineRoute({
    method: "POST",
    path: "/api/me/welder",
    tag: "welders",
    summary: "Register as a welder by real name; once a person, once an identity number",
    body: z.object({
      name: z
        .string()
        .trim()
        .regex(/^[\p{L}·•. ]{2,50}$/u, {
          error: bilingual(
            "姓名应为 2 至 50 个字，与身份证一致",
            "The name has 2 to 50 letters, as on the identity card",
          ),
        }),
      identityNumber: z.string().trim().max(30),
      township: z.string().regex(/^\d{9}$/, {
        error: bilingual("请从列表中选择乡镇（街道）", "Choose a township from the list"),
      }),
      /** The notice that was shown; agreed to by sending its id. */
      consentTextId: z.uuid({
        error: bilingual("请阅读并同意个人信息告知书", "Read and agree to the privacy notice"),
      }),
    }),
    answers: { 200: me },
    refusals: [401, 403, 409],
  }),
  setPortrait: defineRoute({
    method: "PUT",
    path: "/api/me/portrait",
    tag: "welders",
    summary: "Optional: a portrait of the welder; never the only check of anything",
    body: z.object({ photo: photoData }),
    bodyLimitBytes: photoBodyBytes,
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401, 403],
  }),
  listWelders: defineRoute({
    method: "GET",
    path: "/api/welders",
    tag: "welders",
    summary: "Welders within the caller's regions or enterprise, masked",
    query: z.object({
      ...pageQuery,
      region: regionCode.optional(),
      family: certificateFamily.optional(),
      state: certificateState.optional(),
      /** How long what the welder holds counts: beyond 90 days, the 31st to the 90th, 30 at most. */
      lasts: z.enum(["long", "90-days", "30-days"]).optional(),
      /** Whether a machine that the welder started is under power now. */
      isAtWork: z.stringbool().optional(),
      /** A whole phone, identity or certificate number: parts cannot be looked up. */
      number: z.string().trim().max(40).optional(),
      sort: z.enum(["-createdAt", "createdAt", "region", "-region"]).default("-createdAt"),
    }),
    answers: { 200: pageOf(welder) },
    refusals: [401, 403],
  }),
  getWelder: defineRoute({
    method: "GET",
    path: "/api/welders/:welderId",
    tag: "welders",
    summary: "One welder with certificates and latest work, masked",
    params: z.object({ welderId: z.uuid() }),
    answers: { 200: welderDetail },
    refusals: [401, 403, 404],
  }),
};
