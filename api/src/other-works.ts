import { z } from "zod";
import { floorName } from "./key-area-shape.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { phone, regionCode } from "./sign-in.ts";
import { foundConflict, otherWorkKind } from "./work-conflicts.ts";

/** Longer work is declared again: nobody reads a declaration of last year. */
const MOST_DAYS = 31;
/** A larger place is no place. */
export const MOST_EXTENT_METRES = 300;

/** Declared work that must not go on near hot work. It ends by itself when its time is over. */
export const otherWork = z
  .object({
    otherWorkId: z.uuid(),
    kind: otherWorkKind,
    enterpriseId: z.uuid(),
    enterpriseName: z.string(),
    siteOwnerEnterpriseId: z.uuid().nullable(),
    siteOwnerName: z.string().nullable(),
    keyAreaId: z.uuid().nullable(),
    keyAreaName: z.string().nullable(),
    region: regionCode,
    regionName: z.string(),
    place: position.omit({ accuracyMetres: true }),
    /** Metres around the place that the work takes up. */
    extentMetres: z.number(),
    floor: z.string().nullable(),
    heightMetres: z.number().nullable(),
    placeDescription: z.string(),
    plannedFrom: z.iso.datetime(),
    plannedTo: z.iso.datetime(),
    /** Masked; hidden from who may know nobody there. */
    contact: z.object({ name: z.string(), phone: z.string() }).nullable(),
    declaredAt: z.iso.datetime(),
    /** planned → going → ended, by the clock alone; called-off: ended before its time. */
    status: z.enum(["planned", "going", "ended", "called-off"]),
    endedAt: z.iso.datetime().nullable(),
    endReason: z.string().nullable(),
    /** Whether the caller may end it. */
    mayEnd: z.boolean(),
  })
  .meta({ id: "OtherWork" });
export type OtherWork = z.infer<typeof otherWork>;

const time = (zh: string, en: string) => z.iso.datetime({ error: bilingual(zh, en) });

export const otherWorkBody = z
  .object({
    kind: z.enum(otherWorkKind.options, { error: bilingual("请选择作业类型", "Choose the kind of work") }),
    /** Whoever does it: the caller's own firm, or any firm at the caller's own site. */
    enterpriseId: z.uuid({ error: bilingual("请选择施工单位", "Choose the firm that does it") }),
    /** At whose place; in a key area that has a site owner, the area's own stands instead. */
    siteOwnerEnterpriseId: z.uuid().nullable().default(null),
    keyAreaId: z.uuid().nullable().default(null),
    /** Null in a key area: the whole of it. */
    place: position.omit({ accuracyMetres: true }).nullable().default(null),
    /** Metres around the place that the work takes up. */
    extentMetres: z
      .number()
      .min(0, { error: bilingual("作业范围不能小于 0 米", "The extent is at least 0 m") })
      .max(MOST_EXTENT_METRES, {
        error: bilingual("作业范围最多 300 米", "The extent is at most 300 m"),
      })
      .default(0),
    floor: floorName.nullable().default(null),
    /** Above the ground; goes before the floor. */
    heightMetres: z
      .number()
      .min(-200, { error: bilingual("高度不低于 −200 米", "A height is at least −200 m") })
      .max(1_000, { error: bilingual("高度不超过 1000 米", "A height is at most 1,000 m") })
      .nullable()
      .default(null),
    placeDescription: z
      .string()
      .trim()
      .min(2, {
        error: bilingual("请写明作业部位（至少 2 个字）", "Say where exactly (at least 2 characters)"),
      })
      .max(100, { error: bilingual("最多 100 个字", "At most 100 characters") }),
    plannedFrom: time("请填写开始时间", "Give when it begins"),
    plannedTo: time("请填写结束时间", "Give when it ends"),
    contactName: z
      .string()
      .trim()
      .min(2, {
        error: bilingual("请填写现场联系人（至少 2 个字）", "Give the contact (at least 2 characters)"),
      })
      .max(50),
    contactPhone: phone,
  })
  .refine(({ place, keyAreaId }) => place !== null || keyAreaId !== null, {
    path: ["place"],
    error: bilingual("请在地图上选位置，或选择重点区域", "Pick the place on the map, or choose a key area"),
  })
  .refine(({ plannedFrom, plannedTo }) => Date.parse(plannedFrom) < Date.parse(plannedTo), {
    path: ["plannedTo"],
    error: bilingual("结束时间应晚于开始时间", "It ends after it begins"),
  })
  .refine(
    ({ plannedFrom, plannedTo }) => Date.parse(plannedTo) - Date.parse(plannedFrom) <= MOST_DAYS * 86_400_000,
    { path: ["plannedTo"], error: bilingual("一次最多申报 31 天", "Declare at most 31 days at once") },
  );
export type OtherWorkBody = z.infer<typeof otherWorkBody>;

const params = z.object({ otherWorkId: z.uuid() });

export const otherWorkRoutes = {
  declareOtherWork: defineRoute({
    method: "POST",
    path: "/api/other-works",
    tag: "simultaneous work",
    summary:
      "Declares work that must not go on near hot work; answers at once with the hot work it conflicts with",
    body: otherWorkBody,
    answers: { 201: z.object({ otherWork, conflicts: z.array(foundConflict) }) },
    refusals: [401, 403, 404, 409],
  }),
  listOtherWorks: defineRoute({
    method: "GET",
    path: "/api/other-works",
    tag: "simultaneous work",
    summary: "Declared work within the caller's regions or of the caller's firm, the latest first",
    query: z.object({
      ...pageQuery,
      /** Whether its time is not over. */
      isOpen: z.stringbool().optional(),
      kind: otherWorkKind.optional(),
      region: regionCode.optional(),
      /** Part of a firm's name or of the place. */
      text: z.string().trim().max(60).optional(),
    }),
    answers: { 200: pageOf(otherWork) },
    refusals: [401, 403],
  }),
  getOtherWork: defineRoute({
    method: "GET",
    path: "/api/other-works/:otherWorkId",
    tag: "simultaneous work",
    summary: "One declared work with what it conflicts with",
    params,
    answers: { 200: z.object({ otherWork, conflicts: z.array(foundConflict) }) },
    refusals: [401, 403, 404],
  }),
  endOtherWork: defineRoute({
    method: "POST",
    path: "/api/other-works/:otherWorkId/end",
    tag: "simultaneous work",
    summary: "The work is done or called off before its time: its conflicts are cleared",
    params,
    body: reasonBody,
    answers: { 200: otherWork },
    refusals: [401, 403, 404, 409],
  }),
};
