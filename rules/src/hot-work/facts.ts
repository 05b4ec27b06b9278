import type { PersonId } from "@hanyouxu/protocol";
import type { CivilDay } from "../civil-day.ts";
import type { HotWorkRegime } from "./regime.ts";

export const hotWorkMoments = ["issue", "start", "during", "close"] as const;
/** What is decided: issuing the permit, starting (also after a break), going on, or closing. */
export type HotWorkMoment = (typeof hotWorkMoments)[number];

export const hotWorkGrades = ["special", "grade-1", "grade-2"] as const;
/** GB 30871 5.1, the highest first. */
export type HotWorkGrade = (typeof hotWorkGrades)[number];

export const approverRoles = ["unit", "safety-department", "senior-manager"] as const;
/** GB 30871 table B.1, the lowest first: 所在基层单位, 安全管理部门, 主管领导. */
export type ApproverRole = (typeof approverRoles)[number];

export const permitStatuses = ["draft", "approved", "suspended", "withdrawn", "closed"] as const;
export type PermitStatus = (typeof permitStatuses)[number];

export const gasTestPlaces = ["surroundings", "inside-equipment", "confined-space"] as const;
export type GasTestPlace = (typeof gasTestPlaces)[number];

/** Yes, no, or null: nobody has said. */
export type Known = boolean | null;

/** Metres to the nearest one, straight and also vertically; `none`: looked for and not there; null: nobody has looked. */
export type NearestMetres = number | "none" | null;

/** The permit as it stands: one piece of hot work, one place, one time. */
export interface HotWorkPermitFacts {
  status: PermitStatus;
  /** Null where the regime knows no grades. */
  gradeDeclared: HotWorkGrade | null;
  validFromMs: number;
  validToMs: number;
  approvedAtMs: number | null;
  /** The approver was at the place when approving. */
  isApprovedOnSite: Known;
  approverRole: ApproverRole | null;
  /** Content, scope, place, process or conditions differ from what was approved. */
  hasChanged: Known;
  /** The work cannot wait for the wind to drop: GB 30871 5.2.15 then asks for a higher grade. */
  isUnavoidableInWind: Known;
}

/** One sample. Concentrations in % by volume, never in %LEL. */
export interface GasTest {
  sampledAtMs: number;
  place: GasTestPlace;
  /** A name or a CAS number, as on the permit. */
  gas: string;
  /** The gas's lower explosive limit, % by volume; null: nobody has said. */
  lelVolPercent: number | null;
  /** Null: only the oxygen was measured. */
  measuredVolPercent: number | null;
  oxygenVolPercent: number | null;
  /** How far from the hot-work point the sample was taken. */
  withinMetres: number | null;
}

export interface HotWorkPlaceFacts {
  /** Inside a designated area for hot work, where GB 30871 knows no grades. */
  isFixedHotWorkArea: Known;
  /** Fire and explosion hazard, GB 30871 3.2. */
  isExplosiveArea: Known;
  /** On running plant in such an area, or inside the bund of a tank farm that is a major hazard. */
  isRunningPlantOrTankFarm: Known;
  isPipeRack: Known;
  isOutdoors: Known;
  isConfinedSpace: Known;
  /** On equipment that makes, uses or stores oxygen. */
  isOxygenEquipment: Known;
  /** `open`: the public is inside or may come in. */
  openingHours: "open" | "closed" | null;
  /** In use by others while being worked on: a public gathering place, or a building of several users. */
  isSharedBuilding: Known;
  /** The work area is separated from the area in use by fire separation. */
  isFireSeparated: Known;
}

/** What is near the hot-work point. */
export interface HotWorkDistances {
  combustibles: NearestMetres;
  leakCapableEquipment: NearestMetres;
  solventCleaningOrPainting: NearestMetres;
  dustSweeping: NearestMetres;
  combustibleLiquidDischarge: NearestMetres;
  combustibleGasDischarge: NearestMetres;
  /** A train with hazardous chemicals, passing or standing, on a line inside the works. */
  hazardousTrain: NearestMetres;
  /** The welding machine itself. */
  machine: NearestMetres;
  oxygenToAcetylene: NearestMetres;
  /** The nearer of the oxygen and the acetylene cylinder. */
  cylinders: NearestMetres;
}

/** What was done about the danger. */
export interface HotWorkMeasures {
  /** Moved away, wetted or shielded. */
  areCombustiblesClearedOrShielded: Known;
  /** Holes, drains, cable trays, floor and wall openings. */
  areOpeningsCovered: Known;
  isLeakCapableEquipmentIsolated: Known;
  /** A welding machine too far from the hot-work point is treated as one itself, GB 30871 5.2.12. */
  isMachineManagedAsHotWorkPoint: Known;
  isExtinguisherReady: Known;
  isGasMonitoredContinuously: Known;
  isVideoRecording: Known;
  isVideoExplosionProof: Known;
  isAcetyleneUpright: Known;
  hasFlashbackArrestor: Known;
  /** A notice of the work at the main entrance. */
  isNoticePosted: Known;
  /** Who signs looked at the place first. */
  hasSignerInspected: Known;
  /** Painting or coating arranged in the same confined space. */
  isPaintingInSameSpace: Known;
}

/** Someone on the permit: an id, never a name. */
export interface HotWorkPerson {
  id: PersonId;
  /** Trained and certified for this part. */
  isTrained: Known;
  /** Last day of the training's certificate; null: none is recorded. */
  trainedToDay: CivilDay | null;
}

export interface HotWorkPeople {
  /** The welder. */
  operator: HotWorkPerson | null;
  supervisor: HotWorkPerson | null;
  fireWatch: HotWorkPerson | null;
  approver: HotWorkPerson | null;
  /** The fire watch is at the place now. */
  isWatchPresent: Known;
  /** Hot-work points that this fire watch looks after at the same time. */
  pointsPerWatch: number | null;
}

/** What has happened under the permit so far. Instants in milliseconds; null: not yet. */
export interface HotWorkProgress {
  /** When the last arc or flame ended; null: the work has not begun. */
  lastWorkEndedAtMs: number | null;
  /** The last line of the gas log in the confined space. */
  lastGasLogAtMs: number | null;
  /** The last fire patrol of the place. */
  lastPatrolAtMs: number | null;
  /** Watching after the work, without a gap. */
  smoulderWatchedFromMs: number | null;
  smoulderWatchedToMs: number | null;
  /** Checks after the continuous watch, in order. */
  smoulderChecksAtMs: readonly number[];
  isResidualFireExcluded: Known;
}

export const smoulderMaterials = [
  "non-combustible",
  "combustible-construction",
  "insulation",
  "dust",
] as const;
/** What could smoulder at the place. */
export type SmoulderMaterial = (typeof smoulderMaterials)[number];

/**
 * Everything hot work is decided on, and stored with the decision: JSON, instants in milliseconds since 1970, ids only.
 * Null is unknown: where the law needs to know, the decision asks for it and never passes in silence.
 */
export interface HotWorkFacts {
  regime: HotWorkRegime;
  moment: HotWorkMoment;
  /** Null: there is none. */
  permit: HotWorkPermitFacts | null;
  place: HotWorkPlaceFacts;
  /** Newest or oldest first, all the same; null: nobody has said whether any was taken. */
  gasTests: readonly GasTest[] | null;
  windForceBeaufort: number | null;
  /** Gas welding or cutting: oxygen and acetylene cylinders are in use. */
  usesGasCylinders: Known;
  distances: HotWorkDistances;
  measures: HotWorkMeasures;
  people: HotWorkPeople;
  progress: HotWorkProgress;
  /** Null: nobody has said. */
  materials: readonly SmoulderMaterial[] | null;
}
