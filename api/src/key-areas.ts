import { type KeyAreaKind, keyAreaKinds, workRegimes } from "@hanyouxu/rules";
import { z } from "zod";
import {
  areaCircle,
  areaGeometry,
  drawnShape,
  floorName,
  keyAreaPolicy,
  keyAreaValidity,
} from "./key-area-shape.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const keyAreaKind = z.enum(keyAreaKinds, {
  error: bilingual("请选择重点区域类型", "Choose what kind of key area it is"),
});
/** For forms: what a new area of a kind starts with, and whose hot-work rules a regime brings. */
export { defaultKeyAreaPolicy, hotWorkRegimeOf, regimeOfKind, workRegimes } from "@hanyouxu/rules";
export type { KeyAreaKind };

/** abolished: counts no more; all that it was is kept. */
export const keyAreaStatus = z.enum(["active", "abolished"]);
export type KeyAreaStatus = z.infer<typeof keyAreaStatus>;

const areaContact = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: bilingual("请填写联系人姓名", "Give the contact's name") })
    .max(50),
  /** A mobile, or a landline with its area code. */
  phone: z.string().regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, {
    error: bilingual(
      "电话应为 11 位手机号，或带区号的固定电话，如 0579-87654321",
      "Give a mobile number of 11 digits, or a landline with its area code such as 0579-87654321",
    ),
  }),
});
export type AreaContact = z.infer<typeof areaContact>;

const heightMetres = z
  .number({ error: bilingual("高度应为数字（米）", "A height is a number of metres") })
  .min(-200, { error: bilingual("高度不低于 −200 米", "A height is at least −200 m") })
  .max(1_000, { error: bilingual("高度不超过 1000 米", "A height is at most 1,000 m") })
  .nullable();

/** What a person fills in about a key area. */
export const keyAreaBody = z.object({
  kind: keyAreaKind,
  /** Left out: what is usual for the kind. */
  regime: z.enum(workRegimes).optional(),
  name: z
    .string()
    .trim()
    .min(2, { error: bilingual("请填写名称（至少 2 个字）", "Give a name (at least 2 characters)") })
    .max(100),
  region: regionCode,
  siteOwnerEnterpriseId: z.uuid().nullable(),
  address: z.string().trim().max(200).nullable(),
  /** Left out: as they were. */
  contacts: z.array(areaContact).max(5).optional(),
  shape: drawnShape,
  /** Null: all floors and the open air. */
  floors: z.array(floorName).min(1).max(60).nullable(),
  minHeightMetres: heightMetres,
  maxHeightMetres: heightMetres,
  validity: keyAreaValidity,
  policy: keyAreaPolicy,
});

export const keyArea = z
  .object({
    keyAreaId: z.uuid(),
    name: z.string(),
    kind: keyAreaKind,
    regime: z.enum(workRegimes),
    region: regionCode,
    regionName: z.string(),
    siteOwnerEnterpriseId: z.uuid().nullable(),
    siteOwnerName: z.string().nullable(),
    address: z.string().nullable(),
    status: keyAreaStatus,
    version: z.int(),
    /** The middle of the box around it. */
    centre: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }),
    /** Null: all floors and the open air. */
    floors: z.array(z.string()).nullable(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: "KeyArea" });
export type KeyArea = z.infer<typeof keyArea>;

/** Where it is, when it counts and what it demands. */
const substance = {
  geometry: areaGeometry,
  /** Where it was drawn as a circle. */
  circle: areaCircle.nullable(),
  squareMetres: z.int(),
  minHeightMetres: z.number().nullable(),
  maxHeightMetres: z.number().nullable(),
  validity: keyAreaValidity,
  policy: keyAreaPolicy,
};

export const keyAreaDetail = keyArea
  .extend({
    ...substance,
    /** Masked; in full by `readKeyAreaContacts`. Null for who may not see people. */
    contacts: z.array(z.object({ name: z.string(), phone: z.string() })).nullable(),
    mayEdit: z.boolean(),
  })
  .meta({ id: "KeyAreaDetail" });
export type KeyAreaDetail = z.infer<typeof keyAreaDetail>;

/** What an area was, from one change to the next. */
export const keyAreaVersion = keyArea
  .omit({ keyAreaId: true, centre: true })
  .extend({
    ...substance,
    /** Masked. */
    changedByName: z.string(),
    reason: z.string(),
  })
  .meta({ id: "KeyAreaVersion" });
export type KeyAreaVersion = z.infer<typeof keyAreaVersion>;

export const keyAreaParams = z.object({ keyAreaId: z.uuid() });

const coordinate = (most: number) => z.coerce.number().min(-most).max(most);

export const keyAreaRoutes = {
  listKeyAreas: defineRoute({
    method: "GET",
    path: "/api/key-areas",
    tag: "key-areas",
    summary: "Key areas within the caller's regions, or of the caller's own sites",
    query: z
      .object({
        ...pageQuery,
        kind: keyAreaKind.optional(),
        region: regionCode.optional(),
        status: keyAreaStatus.optional(),
        siteOwnerEnterpriseId: z.uuid().optional(),
        /** Part of the name, the address or the site owner's name. */
        text: z.string().trim().max(100).optional(),
        /** Those within so many metres of a place, the nearest first. */
        nearLatitudeDegrees: coordinate(90).optional(),
        nearLongitudeDegrees: coordinate(180).optional(),
        withinMetres: z.coerce.number().int().min(1).max(50_000).default(1_000),
        sort: z.enum(["name", "-name", "region", "-region", "changedAt", "-changedAt"]).default("name"),
      })
      .refine(
        ({ nearLatitudeDegrees, nearLongitudeDegrees }) =>
          (nearLatitudeDegrees === undefined) === (nearLongitudeDegrees === undefined),
        {
          path: ["nearLatitudeDegrees"],
          error: bilingual("请同时给出经度和纬度", "Give the longitude and the latitude together"),
        },
      ),
    answers: { 200: pageOf(keyArea) },
    refusals: [401, 403],
  }),
  getKeyArea: defineRoute({
    method: "GET",
    path: "/api/key-areas/:keyAreaId",
    tag: "key-areas",
    summary: "One key area as it is now; people's data is masked",
    params: keyAreaParams,
    answers: { 200: keyAreaDetail },
    refusals: [401, 403, 404],
  }),
  listKeyAreaVersions: defineRoute({
    method: "GET",
    path: "/api/key-areas/:keyAreaId/versions",
    tag: "key-areas",
    summary: "What the area was from change to change, the newest first",
    params: keyAreaParams,
    query: z.object(pageQuery),
    answers: { 200: pageOf(keyAreaVersion) },
    refusals: [401, 403, 404],
  }),
  createKeyArea: defineRoute({
    method: "POST",
    path: "/api/key-areas",
    tag: "key-areas",
    summary:
      "Draws a key area. A shape that crosses itself or overlaps one of its kind is refused: `details.place` is the GeoJSON of where",
    body: keyAreaBody.extend(reasonBody.shape),
    answers: { 200: keyAreaDetail },
    refusals: [401, 403, 404, 409],
  }),
  changeKeyArea: defineRoute({
    method: "PUT",
    path: "/api/key-areas/:keyAreaId",
    tag: "key-areas",
    summary: "Changes a key area, from the version that the caller has seen",
    params: keyAreaParams,
    body: keyAreaBody.extend({ ...reasonBody.shape, basedOnVersion: z.int().min(1) }),
    answers: { 200: keyAreaDetail },
    refusals: [401, 403, 404, 409],
  }),
  abolishKeyArea: defineRoute({
    method: "POST",
    path: "/api/key-areas/:keyAreaId/abolition",
    tag: "key-areas",
    summary: "Abolishes a key area; its versions are kept and its signs are void",
    params: keyAreaParams,
    body: reasonBody.extend({ basedOnVersion: z.int().min(1) }),
    answers: { 200: keyAreaDetail },
    refusals: [401, 403, 404, 409],
  }),
  readKeyAreaContacts: defineRoute({
    method: "POST",
    path: "/api/key-areas/:keyAreaId/contacts",
    tag: "key-areas",
    summary: "The contacts in full; the audit log keeps who read them",
    params: keyAreaParams,
    answers: { 200: z.object({ contacts: z.array(z.object({ name: z.string(), phone: z.string() })) }) },
    refusals: [401, 403, 404],
  }),
};
