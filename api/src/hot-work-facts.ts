import {
  approverRoles,
  gasTestPlaces,
  type HotWorkDistances,
  type HotWorkFacts,
  type HotWorkMeasures,
  type HotWorkPlaceFacts,
  hotWorkGrades,
  hotWorkMoments,
  hotWorkRegimes,
  permitStatuses,
  smoulderMaterials,
} from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";

const yesOrNo = bilingual("只能是 true、false 或 null（未知）", "Must be true, false or null (unknown)");
const wrongInstant = bilingual("应为毫秒时间戳（整数）", "Must be an instant in milliseconds (an integer)");
const wrongPercent = bilingual("应为 0 到 100 的体积分数（%）", "Must be 0 to 100 % by volume");
const wrongDistance = bilingual(
  '应为 0 到 10000 的米数、"none"（没有）或 null（未知）',
  'Must be 0 to 10000 m, "none" (there is none) or null (unknown)',
);

/** Left out: nobody has said. */
const known = z.boolean({ error: yesOrNo }).nullable().default(null);
const instantMs = z.int({ error: wrongInstant }).min(0, { error: wrongInstant }).max(4_102_444_800_000, {
  error: wrongInstant,
});
const maybeInstantMs = instantMs.nullable().default(null);
const volPercent = z
  .number({ error: wrongPercent })
  .min(0, { error: wrongPercent })
  .max(100, { error: wrongPercent })
  .nullable()
  .default(null);
const metres = z
  .number({ error: wrongDistance })
  .min(0, { error: wrongDistance })
  .max(10_000, { error: wrongDistance });
const nearest = z
  .union([metres, z.literal("none")], { error: wrongDistance })
  .nullable()
  .default(null);

/** Every key of a part, each of the same kind: the compiler misses none. */
const place = z.strictObject({
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
} satisfies Record<keyof HotWorkPlaceFacts, z.ZodType>);

const distances = z.strictObject({
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
} satisfies Record<keyof HotWorkDistances, z.ZodType>);

const measures = z.strictObject({
  areCombustiblesClearedOrShielded: known,
  areOpeningsCovered: known,
  isLeakCapableEquipmentIsolated: known,
  isMachineManagedAsHotWorkPoint: known,
  isExtinguisherReady: known,
  isGasMonitoredContinuously: known,
  isVideoRecording: known,
  isVideoExplosionProof: known,
  isAcetyleneUpright: known,
  hasFlashbackArrestor: known,
  isNoticePosted: known,
  hasSignerInspected: known,
  isPaintingInSameSpace: known,
} satisfies Record<keyof HotWorkMeasures, z.ZodType>);

const person = z
  .strictObject({ id: z.uuid(), isTrained: known, trainedToDay: z.iso.date().nullable().default(null) })
  .nullable()
  .default(null);

/** What hot work is decided on; see the rules' `HotWorkFacts`. What is left out is unknown. */
export const hotWorkFacts = z
  .strictObject({
    regime: z.enum(hotWorkRegimes),
    moment: z.enum(hotWorkMoments),
    permit: z
      .strictObject({
        status: z.enum(permitStatuses),
        gradeDeclared: z.enum(hotWorkGrades).nullable().default(null),
        validFromMs: instantMs,
        validToMs: instantMs,
        approvedAtMs: maybeInstantMs,
        isApprovedOnSite: known,
        approverRole: z.enum(approverRoles).nullable().default(null),
        hasChanged: known,
        isUnavoidableInWind: known,
      })
      .nullable()
      .default(null),
    place: place.prefault({}),
    gasTests: z
      .array(
        z.strictObject({
          sampledAtMs: instantMs,
          place: z.enum(gasTestPlaces),
          gas: z.string().trim().min(1).max(60),
          lelVolPercent: volPercent,
          measuredVolPercent: volPercent,
          oxygenVolPercent: volPercent,
          withinMetres: metres.nullable().default(null),
        }),
      )
      .max(50)
      .nullable()
      .default(null),
    windForceBeaufort: z
      .int({ error: bilingual("应为 0 到 17 的风力等级", "Must be a wind force from 0 to 17") })
      .min(0)
      .max(17)
      .nullable()
      .default(null),
    usesGasCylinders: known,
    distances: distances.prefault({}),
    measures: measures.prefault({}),
    people: z
      .strictObject({
        operator: person,
        supervisor: person,
        fireWatch: person,
        approver: person,
        isWatchPresent: known,
        pointsPerWatch: z.int().min(0).max(100).nullable().default(null),
      })
      .prefault({}),
    progress: z
      .strictObject({
        lastWorkEndedAtMs: maybeInstantMs,
        lastGasLogAtMs: maybeInstantMs,
        lastPatrolAtMs: maybeInstantMs,
        smoulderWatchedFromMs: maybeInstantMs,
        smoulderWatchedToMs: maybeInstantMs,
        smoulderChecksAtMs: z.array(instantMs).max(100).default([]),
        isResidualFireExcluded: known,
      })
      .prefault({}),
    materials: z.array(z.enum(smoulderMaterials)).max(10).nullable().default(null),
  } satisfies Record<keyof HotWorkFacts, z.ZodType>)
  .meta({ id: "HotWorkFacts" });
/** As sent: what is unknown may be left out. */
export type HotWorkFactsInput = z.input<typeof hotWorkFacts>;
