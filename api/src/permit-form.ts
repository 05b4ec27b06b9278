import {
  gasTestPlaces,
  type HotWorkDistances,
  type HotWorkPlaceFacts,
  smoulderMaterials,
} from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";
import { permitMeasureIds } from "./permit-measures.ts";

/** Yes, no, or null: nobody has said. */
const known = z.boolean().nullable().default(null);

/** What the place is; what the platform knows itself, such as opening hours, is not asked. */
export const permitPlace = z
  .object({
    isFixedHotWorkArea: known,
    isExplosiveArea: known,
    isRunningPlantOrTankFarm: known,
    isPipeRack: known,
    isOutdoors: known,
    isConfinedSpace: known,
    isOxygenEquipment: known,
    openingHours: z.enum(["open", "closed"]).nullable().default(null),
    isSharedBuilding: known,
    isFireSeparated: known,
  } satisfies Record<keyof HotWorkPlaceFacts, z.ZodType>)
  .meta({ id: "PermitPlace" });
export type PermitPlace = z.infer<typeof permitPlace>;

/** Metres to the nearest; `none`: looked for and not there; null: nobody has looked. */
const nearest = z
  .union([
    z
      .number({ error: bilingual("请填写距离（米）或选择没有", "Give metres, or say that there is none") })
      .min(0, { error: bilingual("距离不能为负", "A distance is not negative") })
      .max(10_000, { error: bilingual("距离最多 10000 米", "A distance is at most 10,000 m") }),
    z.literal("none"),
  ])
  .nullable()
  .default(null);

export const permitDistances = z
  .object({
    combustibles: nearest,
    leakCapableEquipment: nearest,
    solventCleaningOrPainting: nearest,
    dustSweeping: nearest,
    combustibleLiquidDischarge: nearest,
    combustibleGasDischarge: nearest,
    hazardousTrain: nearest,
    machine: nearest,
    oxygenToAcetylene: nearest,
    cylinders: nearest,
  } satisfies Record<keyof HotWorkDistances, z.ZodType>)
  .meta({ id: "PermitDistances" });
export type PermitDistances = z.infer<typeof permitDistances>;

export const permitMeasureId = z.enum(permitMeasureIds);
/** done: somebody has seen to it; not-involved: there is nothing of the kind. Left out: nobody has said. */
export const permitMeasureState = z.enum(["done", "not-involved"]);
export type PermitMeasureState = z.infer<typeof permitMeasureState>;

/** What is asked about the work, the place and what was done about the danger. */
export const permitForm = z
  .object({
    place: permitPlace,
    distances: permitDistances,
    windForceBeaufort: z
      .int({ error: bilingual("风力应为 0 至 12 级", "The wind force is 0 to 12") })
      .min(0)
      .max(12)
      .nullable()
      .default(null),
    /** The work cannot wait for the wind to drop. */
    isUnavoidableInWind: known,
    /** Gas welding or cutting. */
    usesGasCylinders: known,
    materials: z.array(z.enum(smoulderMaterials)).max(4).nullable().default(null),
    measures: z.partialRecord(permitMeasureId, permitMeasureState).default({}),
    otherMeasures: z.string().trim().max(500).default(""),
    /** What danger was found. */
    risks: z.string().trim().max(1_000).default(""),
    /** Permits of other special work that belongs to this, by number. */
    relatedPermits: z.string().trim().max(200).default(""),
  })
  .meta({ id: "PermitForm" });
export type PermitForm = z.infer<typeof permitForm>;

const percent = (most: number) =>
  z
    .number({ error: bilingual("请填写百分数", "Give a percentage") })
    .min(0, { error: bilingual("不能为负", "It is not negative") })
    .max(most, { error: bilingual(`最多 ${most}%`, `At most ${most} %`) });

/** One sample as somebody enters it. Concentrations in % by volume, never in %LEL. */
export const gasTestBody = z
  .object({
    sampledAt: z.iso.datetime({ error: bilingual("请填写取样时间", "Give the time of the sample") }),
    place: z.enum(gasTestPlaces, { error: bilingual("请选择取样位置", "Choose where it was sampled") }),
    gas: z
      .string()
      .trim()
      .min(1, { error: bilingual("请填写代表性气体", "Name the gas") })
      .max(50),
    lelVolPercent: percent(100).nullable().default(null),
    measuredVolPercent: percent(100).nullable().default(null),
    oxygenVolPercent: percent(100).nullable().default(null),
    withinMetres: z.number().min(0).max(1_000).nullable().default(null),
    /** Of the meter's display; JPEG, PNG or WebP as Base64. */
    photo: z.base64().max(1_398_104).nullable().default(null),
  })
  .refine((test) => test.measuredVolPercent !== null || test.oxygenVolPercent !== null, {
    path: ["measuredVolPercent"],
    error: bilingual("请填写可燃气体浓度或氧含量", "Give the gas or the oxygen that was measured"),
  });
export type GasTestBody = z.infer<typeof gasTestBody>;

export const gasTest = z
  .object({
    gasTestId: z.uuid(),
    sampledAt: z.iso.datetime(),
    recordedAt: z.iso.datetime(),
    place: z.enum(gasTestPlaces),
    gas: z.string(),
    lelVolPercent: z.number().nullable(),
    measuredVolPercent: z.number().nullable(),
    oxygenVolPercent: z.number().nullable(),
    withinMetres: z.number().nullable(),
    /** Masked, but for the tester himself. */
    testerName: z.string(),
    photoId: z.uuid().nullable(),
  })
  .meta({ id: "GasTest" });
export type PermitGasTest = z.infer<typeof gasTest>;
