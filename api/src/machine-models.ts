import { isModelPattern, LONGEST_MODEL_TEXT, weldingProcesses } from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";

/** Where the chip's relay sits in the machine. */
export const relayPosition = z.enum([
  "mains-input",
  "contactor-coil",
  "inverter-enable",
  "trigger-loop",
  "engine-ignition",
]);
export type RelayPosition = z.infer<typeof relayPosition>;

export const plugKind = z.enum([
  "fixed-wiring",
  "single-phase-16a",
  "three-phase-16a",
  "three-phase-32a",
  "three-phase-63a",
  "none",
]);
export type PlugKind = z.infer<typeof plugKind>;

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(2, { error: bilingual("至少 2 个字", "At least 2 characters") })
    .max(most, { error: bilingual(`最多 ${most} 个字`, `At most ${most} characters`) });
const bilingualWords = (most: number) => z.object({ zh: words(most), en: words(most) });

/** One step of the installer, with a picture where there is one. */
const installerStep = z
  .object({
    text: bilingualWords(400),
    /** Of `addModelPicture`; null: no picture yet. */
    pictureKey: z
      .uuid({
        error: bilingual("请先上传图片，再填它的编号", "Upload the picture first, then give its key"),
      })
      .nullable(),
  })
  .meta({ id: "InstallerStep" });

/** What staff write of a profile. */
export const profileContent = z
  .object({
    title: bilingualWords(80),
    /** Designations covered, `*` for any characters. */
    patterns: z
      .array(
        z.string().refine(isModelPattern, {
          error: bilingual(
            "型号范围用大写字母、数字、短横线和 *，至少以两个字母或数字开头，例如 ZX7-*",
            "A pattern has capital letters, digits, hyphens and *, and begins with two letters or digits, as in ZX7-*",
          ),
        }),
      )
      .min(1, { error: bilingual("至少填写一个型号范围", "Write at least one pattern") })
      .max(200),
    /** Machines rated higher are not covered; null: any rating. */
    mostRatedAmps: z.int().min(10).max(10_000).nullable(),
    relayPosition,
    /** Such as `AC contactor 32 A, coil 220 V`. */
    relayType: bilingualWords(120),
    /** What the relay or contactor carries or switches, at most. */
    mostSwitchedAmps: z.number().min(0.01).max(1_000),
    supplyPhases: z
      .union([z.literal(0), z.literal(1), z.literal(3)])
      .meta({ description: "0: an engine drives it" }),
    supplyVolts: z.array(z.int().min(100).max(1_140)).max(6),
    plug: plugKind,
    steps: z
      .array(installerStep)
      .min(1, { error: bilingual("至少一步", "At least one step") })
      .max(30),
  })
  .meta({ id: "ProfileContent" });
export type ProfileContent = z.infer<typeof profileContent>;

/** How far a profile can be trusted: written at a desk, or proven on a real machine. */
export const profileProof = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("desk") }),
    z.object({
      kind: z.literal("proven"),
      /** `YYYY-MM-DD`, Asia/Shanghai. */
      on: z.iso.date(),
      by: words(60),
      /** The designation of the machine it was proven on. */
      onModel: z.string().trim().min(2).max(LONGEST_MODEL_TEXT),
    }),
  ])
  .meta({ id: "ProfileProof" });
export type ProfileProof = z.infer<typeof profileProof>;

export const adaptationProfile = z
  .object({
    profileKey: z.string(),
    version: z.int(),
    content: profileContent,
    proof: profileProof,
    changedAt: z.iso.datetime(),
    /** The person's masked name; null: it came with the platform. */
    changedBy: z.string().nullable(),
    changeReason: z.string(),
  })
  .meta({ id: "AdaptationProfile" });
export type AdaptationProfile = z.infer<typeof adaptationProfile>;

/** What is known of a model besides its designation; `parsed`: only what the designation tells. */
export const modelSource = z.enum(["parsed", "desk", "measured"]);

export const modelFacts = z
  .object({
    process: z.enum(weldingProcesses).nullable(),
    ratedCurrentAmps: z.number().nullable(),
    ratedCapacityKva: z.number().nullable(),
    supplyPhases: z.int().nullable(),
    supplyVolts: z.array(z.int()),
    plug: plugKind.nullable(),
    dutyCyclePercent: z.int().nullable(),
    source: modelSource,
  })
  .meta({ id: "ModelFacts" });
export type ModelFacts = z.infer<typeof modelFacts>;

/** How a designation was understood: of GB/T 10249, a known maker's own, or neither. */
export const modelStanding = z.enum(["gbt10249", "foreign", "unknown"]);
export type ModelStanding = z.infer<typeof modelStanding>;

const readModel = z.object({
  /** In one spelling. */
  designation: z.string(),
  maker: z.string().nullable(),
  standing: modelStanding,
  /** What is wrong with it and what to do, when it was not understood. */
  problem: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** What was probably meant. */
  suggestion: z.string().nullable(),
  facts: modelFacts,
});

/** What the installer's and the registering person's form is filled from. */
export const modelLookUp = readModel
  .extend({
    /** Null: no profile covers it; the machine needs one before a chip is fitted by the book. */
    profile: adaptationProfile.nullable(),
  })
  .meta({ id: "ModelLookUp" });
export type ModelLookUp = z.infer<typeof modelLookUp>;

export const machineModelRow = readModel
  .omit({ problem: true, suggestion: true, maker: true })
  .extend({
    /** Registered and not scrapped, within the caller's reach. */
    machines: z.int(),
    profileKey: z.string().nullable(),
    profileTitle: z.object({ zh: z.string(), en: z.string() }).nullable(),
  })
  .meta({ id: "MachineModelRow" });
export type MachineModelRow = z.infer<typeof machineModelRow>;

/** The share of the registered fleet that a profile covers, and how far that can be trusted. */
export const modelCoverage = z
  .object({
    machines: z.int(),
    coveredMachines: z.int(),
    /** Of those covered, by a profile proven on a real machine. */
    provenMachines: z.int(),
    models: z.int(),
    coveredModels: z.int(),
    /** Models without a profile, the most frequent first; at most 50. */
    gaps: z.array(z.object({ designation: z.string(), standing: modelStanding, machines: z.int() })),
  })
  .meta({ id: "ModelCoverage" });
export type ModelCoverage = z.infer<typeof modelCoverage>;

const modelText = z
  .string()
  .trim()
  .min(1, { error: bilingual("请填写铭牌上的型号", "Write the designation on the nameplate") })
  .max(LONGEST_MODEL_TEXT, {
    error: bilingual(
      `型号最多 ${LONGEST_MODEL_TEXT} 个字符`,
      `A designation has at most ${LONGEST_MODEL_TEXT} characters`,
    ),
  });
const changeReason = z.object({
  reason: z
    .string()
    .trim()
    .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
    .max(200),
});
const profileParams = z.object({
  profileKey: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
});

export const machineModelRoutes = {
  lookUpModel: defineRoute({
    method: "GET",
    path: "/api/machine-models/lookup",
    tag: "machine models",
    summary:
      "What a designation as typed says, what the catalogue knows of it, and the profile that covers it",
    query: z.object({ model: modelText }),
    answers: { 200: modelLookUp },
    refusals: [401, 403],
  }),
  listModels: defineRoute({
    method: "GET",
    path: "/api/machine-models",
    tag: "machine models",
    summary:
      "Models of the catalogue and of the fleet within the caller's reach, with how many and what covers them",
    query: z.object({
      ...pageQuery,
      isCovered: z.stringbool().optional(),
      standing: modelStanding.optional(),
      process: z.enum(weldingProcesses).optional(),
      /** Part of the designation. */
      text: z.string().trim().max(60).optional(),
      sort: z.enum(["machines", "-machines", "designation", "-designation"]).default("-machines"),
    }),
    answers: { 200: pageOf(machineModelRow) },
    refusals: [401, 403],
  }),
  modelCoverage: defineRoute({
    method: "GET",
    path: "/api/machine-models/coverage",
    tag: "machine models",
    summary:
      "The share of the registered fleet within the caller's reach that a profile covers, and the gaps",
    answers: { 200: modelCoverage },
    refusals: [401, 403],
  }),
  describeModel: defineRoute({
    method: "PUT",
    path: "/api/machine-models/facts",
    tag: "machine models",
    summary: "Write what is known of a model into the catalogue",
    query: z.object({ model: modelText }),
    body: changeReason.extend({
      process: z.enum(weldingProcesses),
      ratedCurrentAmps: z.number().min(1).max(10_000).nullable(),
      supplyPhases: z.union([z.literal(1), z.literal(3)]).nullable(),
      supplyVolts: z.array(z.int().min(100).max(1_140)).max(6),
      plug: plugKind.nullable(),
      dutyCyclePercent: z.int().min(1).max(100).nullable(),
      source: z.enum(["desk", "measured"]),
    }),
    answers: { 200: modelLookUp },
    refusals: [401, 403],
  }),
  listProfiles: defineRoute({
    method: "GET",
    path: "/api/adaptation-profiles",
    tag: "machine models",
    summary: "Every adaptation profile in its present version",
    answers: { 200: z.object({ profiles: z.array(adaptationProfile) }) },
    refusals: [401, 403],
  }),
  getProfile: defineRoute({
    method: "GET",
    path: "/api/adaptation-profiles/:profileKey",
    tag: "machine models",
    summary: "One adaptation profile with its earlier versions, newest first",
    params: profileParams,
    answers: { 200: z.object({ versions: z.array(adaptationProfile) }) },
    refusals: [401, 403, 404],
  }),
  saveProfile: defineRoute({
    method: "PUT",
    path: "/api/adaptation-profiles/:profileKey",
    tag: "machine models",
    summary: "A new version of a profile, or a new profile; versions are kept",
    params: profileParams,
    body: changeReason.extend({
      /** The version that was edited; 0 for a new profile. Somebody else's change in between is refused. */
      basedOnVersion: z.int().min(0),
      content: profileContent,
      proof: profileProof,
    }),
    answers: { 200: adaptationProfile },
    refusals: [401, 403, 409],
  }),
};
