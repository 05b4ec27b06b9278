import { z } from "zod";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const appealStatus = z.enum(["open", "allowed", "refused"]);
export const appealSubject = z.enum(["credit-booking", "rectification"]);

/** Somebody holds a booking or an order to be wrong; decided by another than who made it. */
export const appeal = z
  .object({
    appealId: z.uuid(),
    subject: appealSubject,
    subjectId: z.uuid(),
    /** What is appealed, in words: the order's number, the booking's cause. */
    about: z.object({ zh: z.string(), en: z.string() }),
    /** Of a booking. */
    points: z.int().nullable(),
    /** Masked when it is a welder. */
    appellantName: z.string(),
    region: regionCode,
    regionName: z.string(),
    status: appealStatus,
    reason: z.string(),
    askedAt: z.iso.datetime(),
    decideBy: z.iso.datetime(),
    level: z.int(),
    decision: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
    mayDecide: z.boolean(),
  })
  .meta({ id: "Appeal" });
export type Appeal = z.infer<typeof appeal>;

const params = z.object({ appealId: z.uuid() });
const tag = "appeals";

export const appealRoutes = {
  listAppeals: defineRoute({
    method: "GET",
    path: "/api/appeals",
    tag,
    summary: "Appeals within the caller's regions, those whose time ends first before the others",
    query: z.object({ ...pageQuery, status: appealStatus.optional(), region: regionCode.optional() }),
    answers: { 200: pageOf(appeal) },
    refusals: [401, 403],
  }),
  getAppeal: defineRoute({
    method: "GET",
    path: "/api/appeals/:appealId",
    tag,
    summary: "One appeal",
    params,
    answers: { 200: appeal },
    refusals: [401, 403, 404],
  }),
  decideAppeal: defineRoute({
    method: "POST",
    path: "/api/appeals/:appealId/decision",
    tag,
    summary: "Allows or refuses it with the reason; never by who made what is appealed",
    params,
    body: reasonBody.extend({
      isAllowed: z.boolean({ error: bilingual("请选择支持或驳回", "Choose to allow or to refuse") }),
    }),
    answers: { 200: appeal },
    refusals: [401, 403, 404, 409],
  }),
  listOwnAppeals: defineRoute({
    method: "GET",
    path: "/api/me/appeals",
    tag,
    summary: "Appeals that the caller has made, the latest first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(appeal) },
    refusals: [401, 403],
  }),
  makeAppeal: defineRoute({
    method: "POST",
    path: "/api/me/appeals",
    tag,
    summary: "A welder or a firm appeals a booking or an order of its own, within the time limit, once",
    body: reasonBody.extend({ subject: appealSubject, subjectId: z.uuid() }),
    answers: { 201: appeal },
    refusals: [401, 403, 404, 409],
  }),
};
