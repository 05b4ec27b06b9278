import { z } from "zod";
import { areaGeometry, datumOfFile } from "./key-area-shape.ts";
import { keyAreaKind } from "./key-areas.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** Bytes of a file of areas at most. */
export const MAX_AREA_FILE_BYTES = 5 * 1024 * 1024;

/** One feature of a file, and whether it becomes a key area. */
export const importedFeature = z
  .object({
    /** Its place in the file, from 1. */
    number: z.int(),
    name: z.string(),
    kind: keyAreaKind,
    region: z.string(),
    /** In WGS-84; null where the file has nothing that an area can be made of. */
    geometry: areaGeometry.nullable(),
    /** Null: it is good. */
    problem: z
      .object({
        code: z.string(),
        message: z.string(),
        /** GeoJSON of where, for the map. */
        place: z.unknown(),
      })
      .nullable(),
  })
  .meta({ id: "ImportedFeature" });
export type ImportedFeature = z.infer<typeof importedFeature>;

export const areaFileReport = z
  .object({
    features: z.array(importedFeature),
    good: z.int(),
    bad: z.int(),
    /** How many are in now; 0 for a preview. */
    imported: z.int(),
  })
  .meta({ id: "AreaFileReport" });
export type AreaFileReport = z.infer<typeof areaFileReport>;

/** What holds for features that do not say otherwise in their attributes (name 名称, kind 类型, region 行政区划, floors 楼层, address 地址). */
const defaults = {
  datum: datumOfFile,
  kind: keyAreaKind,
  region: regionCode,
};

export const keyAreaImportRoutes = {
  previewKeyAreas: defineRoute({
    method: "POST",
    path: "/api/key-area-imports/preview",
    tag: "key-areas",
    summary:
      "Reads a GeoJSON, KML, KMZ or zipped Shapefile (application/octet-stream) and says of each feature whether it is good; takes nothing in",
    query: z.object(defaults),
    answers: { 200: areaFileReport },
    refusals: [401, 403],
    bodyLimitBytes: MAX_AREA_FILE_BYTES,
  }),
  importKeyAreas: defineRoute({
    method: "POST",
    path: "/api/key-area-imports",
    tag: "key-areas",
    summary: "Takes the features of a file in, in one transaction: all of them, or the good ones only",
    query: z.object({
      ...defaults,
      mode: z.enum(["all-or-nothing", "skip-bad"]).default("all-or-nothing"),
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
        .max(200),
    }),
    answers: { 200: areaFileReport },
    refusals: [401, 403, 409],
    bodyLimitBytes: MAX_AREA_FILE_BYTES,
  }),
};
