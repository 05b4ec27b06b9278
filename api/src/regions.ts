import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** By the length of the code: 2, 4, 6 and 9 digits. */
export const regionLevel = z.enum(["province", "city", "county", "township"]);
export type RegionLevel = z.infer<typeof regionLevel>;

const regionName = z.object({ code: regionCode, name: z.string() });

export const region = z
  .object({
    code: regionCode,
    name: z.string(),
    level: regionLevel,
    /** From the province down to the region's parent. */
    path: z.array(regionName),
    hasChildren: z.boolean(),
    /** The Shanghai day from which the code is no longer in use; records keep it. */
    abolishedOn: z.iso.date().nullable(),
    successor: regionName.nullable(),
    formerNames: z.array(z.object({ name: z.string(), endedOn: z.iso.date() })),
  })
  .meta({ id: "Region" });
export type Region = z.infer<typeof region>;

const counted = z.int().nullable();

/** How much lies in a region and below it, within the caller's reach; null for what the department may not count. */
export const regionCounts = z
  .object({ code: regionCode, machines: counted, enterprises: counted, welders: counted })
  .meta({ id: "RegionCounts" });
export type RegionCounts = z.infer<typeof regionCounts>;

const regionParams = z.object({ code: regionCode });

export const regionRoutes = {
  listRegions: defineRoute({
    method: "GET",
    path: "/api/regions",
    tag: "governance",
    summary:
      "Regions below one, or by part of a present or former name or of the code, in the order of their codes",
    query: z.object({
      ...pageQuery,
      /** Only its children; absent without `text`: the provinces. */
      parent: regionCode.optional(),
      text: z.string().trim().min(1).max(40).optional(),
      level: regionLevel.optional(),
      state: z.enum(["current", "abolished", "all"]).default("all"),
    }),
    answers: { 200: pageOf(region) },
    refusals: [401],
  }),
  getRegion: defineRoute({
    method: "GET",
    path: "/api/regions/:code",
    tag: "governance",
    summary: "One region with its path",
    params: regionParams,
    answers: { 200: region },
    refusals: [401, 404],
  }),
  countInRegions: defineRoute({
    method: "GET",
    path: "/api/region-counts",
    tag: "governance",
    summary:
      "Machines, enterprises and welders in a region and in each of its children, within the caller's reach",
    query: z.object({ parent: regionCode.optional() }),
    answers: { 200: z.object({ whole: regionCounts.omit({ code: true }), children: z.array(regionCounts) }) },
    refusals: [401, 403],
  }),
  setSuccessor: defineRoute({
    method: "PUT",
    path: "/api/regions/:code/successor",
    tag: "governance",
    summary: "Say which region has taken over an abolished one, or that none has",
    params: regionParams,
    body: z.object({
      successor: regionCode
        .nullable()
        .describe(bilingual("接替的行政区划代码；没有则为空", "The code that took over; null for none")),
    }),
    answers: { 200: region },
    refusals: [401, 403, 404, 409],
  }),
};
