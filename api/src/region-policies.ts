import { z } from "zod";
import { text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** A number, a word, or a list of days or of programs. What a region may set is checked by the rules' own tables of fields. */
const policyValue = z.union([z.number(), z.string().max(40), z.array(z.string().max(40)).max(400)]);
export const policyValues = z.record(z.string().max(60), policyValue);
export type PolicyValues = z.infer<typeof policyValues>;

/** The parts of a region's policy: numbers of a start, of hot work, permits, clearances, alarms, cameras and rectification. */
const policyParts = z.object({
  start: policyValues,
  hotWork: policyValues,
  approval: policyValues.default({}),
  clearance: policyValues.default({}),
  alarm: policyValues.default({}),
  camera: policyValues.default({}),
  rectification: policyValues.default({}),
});
export type PolicyParts = z.infer<typeof policyParts>;

export const policyField = z
  .object({
    part: z.enum(["start", "hotWork", "approval", "clearance", "alarm", "camera", "rectification"]),
    name: z.string(),
    kind: z.enum(["number", "choice", "days", "programs"]),
    default: policyValue,
    min: z.number().nullable(),
    max: z.number().nullable(),
    unit: z.string().nullable(),
    choices: z.array(z.string()).nullable(),
    doc: text,
  })
  .meta({ id: "PolicyField" });
export type ShownPolicyField = z.infer<typeof policyField>;

export const regionPolicyVersion = z
  .object({
    region: regionCode,
    regionName: z.string(),
    version: z.int(),
    effectiveFrom: z.iso.datetime(),
    /** What it sets; the rest comes from the defaults, never from a region above. */
    values: policyParts,
    /** The one that counts in the region asked for. */
    isInForce: z.boolean(),
  })
  .meta({ id: "RegionPolicyVersion" });
export type RegionPolicyVersion = z.infer<typeof regionPolicyVersion>;

export const regionPolicy = z
  .object({
    region: regionCode,
    fields: z.array(policyField),
    /** All values that count in the region now, defaults included. */
    inForce: policyParts,
    /** Names the version that counts, such as 330723-2; `default-1` where no region has set any. */
    inForceVersion: z.string(),
    /** The region's own newest version; 0: it has none yet. */
    newestVersion: z.int(),
    /** Of the region and those above it, the newest first. */
    versions: z.array(regionPolicyVersion),
  })
  .meta({ id: "RegionPolicy" });
export type RegionPolicy = z.infer<typeof regionPolicy>;

export const regionPolicyRoutes = {
  getRegionPolicy: defineRoute({
    method: "GET",
    path: "/api/region-policies/:region",
    tag: "law",
    summary: "The regional numbers that count in a region, with every version that ever counted there",
    params: z.object({ region: regionCode }),
    answers: { 200: regionPolicy },
    refusals: [401, 403, 404],
  }),
  setRegionPolicy: defineRoute({
    method: "POST",
    path: "/api/region-policies/:region",
    tag: "law",
    summary: "A new version of a region's numbers, from an instant on; earlier versions stay as they are",
    params: z.object({ region: regionCode }),
    body: z.object({
      /** The region's newest version that the author saw; 0: none. */
      basedOnVersion: z.int().min(0),
      /** Absent: at once. Never in the past. */
      effectiveFrom: z.iso.datetime().optional(),
      values: policyParts,
      reason: z
        .string()
        .trim()
        .min(2, { error: bilingual("请写明原因（至少 2 个字）", "Give the reason, at least 2 characters") })
        .max(200),
    }),
    answers: { 201: z.object({ version: z.int() }) },
    refusals: [401, 403, 404, 409],
  }),
};
