import { z } from "zod";
import type { FieldGroup } from "./department-rights.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";

/** OGC API – Features – Part 1: Core (OGC 17-069r4), for GIS clients such as QGIS. Answers are GeoJSON in WGS-84. */
export const ogcCollectionId = z.enum(["key-areas", "machines"], {
  error: bilingual(
    "没有这个图层：应为 key-areas 或 machines",
    "There is no such collection: key-areas or machines",
  ),
});
export type OgcCollectionId = z.infer<typeof ogcCollectionId>;

/** What somebody must see the rows of to read a collection; where machines are goes by `readings` besides. */
export const ogcCollectionGroups = {
  "key-areas": "keyAreas",
  machines: "machines",
} as const satisfies Record<OgcCollectionId, FieldGroup>;

/** Features of one answer at most. */
export const MOST_OGC_FEATURES = 1_000;

const link = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.string(),
  title: z.string().optional(),
});
export type OgcLink = z.infer<typeof link>;

const collection = z
  .object({
    id: ogcCollectionId,
    title: z.string(),
    description: z.string(),
    itemType: z.literal("feature"),
    crs: z.array(z.string()),
    links: z.array(link),
  })
  .meta({ id: "OgcCollection" });
export type OgcCollection = z.infer<typeof collection>;

export const ogcFeature = z
  .object({
    type: z.literal("Feature"),
    id: z.string(),
    /** GeoJSON; null where a machine's place is not known, or not to be known. */
    geometry: z.looseObject({ type: z.string() }).nullable(),
    properties: z.record(z.string(), z.unknown()),
    links: z.array(link).optional(),
  })
  .meta({ id: "OgcFeature" });
export type OgcFeature = z.infer<typeof ogcFeature>;

const featureCollection = z
  .object({
    type: z.literal("FeatureCollection"),
    features: z.array(ogcFeature),
    links: z.array(link),
    timeStamp: z.iso.datetime(),
    numberMatched: z.int(),
    numberReturned: z.int(),
  })
  .meta({ id: "OgcFeatureCollection" });

const wrongBox = bilingual(
  "bbox 应为 西,南,东,北 四个经纬度（可带高度为六个），西小于东、南小于北",
  "bbox is west,south,east,north in degrees (six numbers with heights), west below east and south below north",
);

/** `west,south,east,north`, or six numbers with heights, which are passed over. */
const bbox = z.string().transform((text, context) => {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [westDegrees, southDegrees, eastDegrees, northDegrees] =
    numbers.length === 6 ? [0, 1, 3, 4].map((at) => numbers[at]!) : numbers;
  const isSound =
    (numbers.length === 4 || numbers.length === 6) &&
    numbers.every(Number.isFinite) &&
    Math.abs(westDegrees!) <= 180 &&
    Math.abs(eastDegrees!) <= 180 &&
    Math.abs(southDegrees!) <= 90 &&
    Math.abs(northDegrees!) <= 90 &&
    westDegrees! <= eastDegrees! &&
    southDegrees! <= northDegrees!;
  if (!isSound) {
    context.addIssue({ code: "custom", message: wrongBox });
    return z.NEVER;
  }
  return {
    westDegrees: westDegrees!,
    southDegrees: southDegrees!,
    eastDegrees: eastDegrees!,
    northDegrees: northDegrees!,
  };
});

const wrongTime = bilingual(
  "datetime 应为 RFC 3339 时间，或用 / 分开的区间，一端可为 ..",
  "datetime is an RFC 3339 time, or an interval with / where one end may be ..",
);
const instant = z.iso.datetime({ offset: true });

/** An instant, or an interval with one end open: both ends as milliseconds, null being open. */
const datetime = z.string().transform((text, context) => {
  const parts = text.split("/");
  const ends = parts.map((part) => {
    if (parts.length === 2 && (part === "" || part === "..")) return null;
    return instant.safeParse(part).success ? Date.parse(part) : undefined;
  });
  const [from, until = from] = ends;
  const isOpen = from === null && until === null;
  const isReversed = typeof from === "number" && typeof until === "number" && from > until;
  if (parts.length > 2 || ends.includes(undefined) || isOpen || isReversed) {
    context.addIssue({ code: "custom", message: wrongTime });
    return z.NEVER;
  }
  return { fromMs: from ?? null, untilMs: until ?? null };
});

const params = z.object({ collectionId: ogcCollectionId });

export const ogcFeatureRoutes = {
  ogcLanding: defineRoute({
    method: "GET",
    path: "/api/ogc",
    tag: "ogc",
    isForClients: "beside-people",
    summary: "OGC API Features: where things are",
    answers: { 200: z.object({ title: z.string(), description: z.string(), links: z.array(link) }) },
    refusals: [401, 403],
  }),
  ogcConformance: defineRoute({
    method: "GET",
    path: "/api/ogc/conformance",
    tag: "ogc",
    isForClients: "beside-people",
    summary: "OGC API Features: the conformance classes that hold",
    answers: { 200: z.object({ conformsTo: z.array(z.string()) }) },
    refusals: [401, 403],
  }),
  ogcCollections: defineRoute({
    method: "GET",
    path: "/api/ogc/collections",
    tag: "ogc",
    isForClients: "beside-people",
    summary: "OGC API Features: the collections that the caller may see",
    answers: { 200: z.object({ links: z.array(link), collections: z.array(collection) }) },
    refusals: [401, 403],
  }),
  ogcCollection: defineRoute({
    method: "GET",
    path: "/api/ogc/collections/:collectionId",
    tag: "ogc",
    isForClients: "beside-people",
    summary: "OGC API Features: one collection",
    params,
    answers: { 200: collection },
    refusals: [401, 403],
  }),
  ogcItems: defineRoute({
    method: "GET",
    path: "/api/ogc/collections/:collectionId/items",
    tag: "ogc",
    isForClients: "beside-people",
    summary:
      "OGC API Features: features within the caller's regions as GeoJSON; key areas by when they are in force, machines by when they were heard",
    params,
    // An unknown parameter is refused, as the standard demands (17-069r4, requirement 8).
    query: z.strictObject({
      bbox: bbox.optional(),
      datetime: datetime.optional(),
      limit: z.coerce.number().int().min(1).max(MOST_OGC_FEATURES).default(100),
      offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    answers: { 200: featureCollection },
    refusals: [401, 403],
  }),
  ogcItem: defineRoute({
    method: "GET",
    path: "/api/ogc/collections/:collectionId/items/:featureId",
    tag: "ogc",
    isForClients: "beside-people",
    summary: "OGC API Features: one feature",
    params: params.extend({ featureId: z.uuid() }),
    answers: { 200: ogcFeature },
    refusals: [401, 403, 404],
  }),
};
