import type { HotWorkDistances, HotWorkPlaceFacts, HotWorkRegime } from "@hanyouxu/rules";

/** What forms and papers call the parts of a permit. */
export {
  type ApproverRole,
  approverRoles,
  distanceNames,
  gasTestPlaces,
  type HotWorkGrade,
  type HotWorkRegime,
  hotWorkGrades,
  hotWorkRegimeTitles,
  placeQuestions,
  smoulderMaterials,
} from "@hanyouxu/rules";

/** What a permit's form asks under a regime, in its order. */
export interface PermitQuestions {
  place: readonly (keyof HotWorkPlaceFacts)[];
  distances: readonly (keyof HotWorkDistances)[];
  /** Distances that are asked once gas cylinders are in use. */
  cylinderDistances: readonly (keyof HotWorkDistances)[];
  asksGrade: boolean;
  asksWind: boolean;
}

const cylinderDistances = ["oxygenToAcetylene", "cylinders"] as const;
const everywhere = ["isSharedBuilding", "isFireSeparated", "isOutdoors", "isConfinedSpace"] as const;

/** The fewest questions whose answers let the law packs of a regime decide; a test holds the two together. */
export function permitQuestionsOf(regime: HotWorkRegime): PermitQuestions {
  const base = {
    place: everywhere,
    distances: ["combustibles"],
    cylinderDistances,
    asksGrade: false,
    asksWind: true,
  } as const;
  if (regime === "chemical") {
    return {
      ...base,
      place: [
        "isFixedHotWorkArea",
        "isExplosiveArea",
        "isRunningPlantOrTankFarm",
        "isPipeRack",
        "isOxygenEquipment",
        ...everywhere,
      ],
      distances: [
        "combustibles",
        "machine",
        "leakCapableEquipment",
        "solventCleaningOrPainting",
        "dustSweeping",
        "combustibleLiquidDischarge",
        "combustibleGasDischarge",
        "hazardousTrain",
      ],
      asksGrade: true,
    };
  }
  if (regime === "crowded-place" || regime === "entertainment-venue") {
    return { ...base, place: ["openingHours", ...everywhere] };
  }
  return base;
}
