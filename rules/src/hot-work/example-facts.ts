import type { PersonId } from "@hanyouxu/protocol";
import { exampleAtMs } from "../start/example-facts.ts";
import type { GasTest, HotWorkFacts, HotWorkMoment, HotWorkPerson } from "./facts.ts";
import type { HotWorkRegime } from "./regime.ts";

/** Monday 2026-11-23 09:30 in Shanghai. */
export const exampleHotWorkAtMs = exampleAtMs;

export const minutesMs = (minutes: number) => minutes * 60_000;
export const hoursMs = (hours: number) => hours * 3_600_000;

export function exampleGasTest(atMs: number): GasTest {
  return {
    sampledAtMs: atMs - minutesMs(15),
    place: "surroundings",
    gas: "甲烷 CH4",
    lelVolPercent: 5,
    measuredVolPercent: 0.1,
    oxygenVolPercent: 20.9,
    withinMetres: 5,
  };
}

function person(digit: number): HotWorkPerson {
  return {
    id: `0198d0a0-0000-7000-8000-00000000010${digit}` as PersonId,
    isTrained: true,
    trainedToDay: "2027-06-30",
  };
}

/** Hot work in order at every moment, outdoors and of grade 2: a fresh copy that grants under the defaults. */
export function exampleHotWorkFacts(
  regime: HotWorkRegime,
  moment: HotWorkMoment,
  atMs: number = exampleHotWorkAtMs,
): HotWorkFacts {
  const endedAtMs = atMs - hoursMs(2);
  return {
    regime,
    moment,
    permit: {
      status: moment === "issue" ? "draft" : "approved",
      gradeDeclared: regime === "chemical" ? "grade-2" : null,
      validFromMs: atMs - hoursMs(moment === "close" ? 4 : 1),
      validToMs: atMs + hoursMs(4),
      approvedAtMs: moment === "issue" ? null : atMs - hoursMs(1),
      isApprovedOnSite: true,
      approverRole: "unit",
      hasChanged: false,
      isUnavoidableInWind: null,
    },
    place: {
      isFixedHotWorkArea: false,
      isExplosiveArea: false,
      isRunningPlantOrTankFarm: false,
      isPipeRack: false,
      isOutdoors: true,
      isConfinedSpace: false,
      isOxygenEquipment: false,
      openingHours: "closed",
      isSharedBuilding: false,
      isFireSeparated: true,
    },
    gasTests: [exampleGasTest(atMs)],
    windForceBeaufort: 2,
    usesGasCylinders: false,
    distances: {
      combustibles: "none",
      leakCapableEquipment: "none",
      solventCleaningOrPainting: "none",
      dustSweeping: "none",
      combustibleLiquidDischarge: "none",
      combustibleGasDischarge: "none",
      hazardousTrain: "none",
      machine: 6,
      oxygenToAcetylene: "none",
      cylinders: "none",
    },
    measures: {
      areCombustiblesClearedOrShielded: true,
      areOpeningsCovered: true,
      isLeakCapableEquipmentIsolated: true,
      isMachineManagedAsHotWorkPoint: false,
      isExtinguisherReady: true,
      isGasMonitoredContinuously: true,
      isVideoRecording: true,
      isVideoExplosionProof: true,
      isAcetyleneUpright: true,
      hasFlashbackArrestor: true,
      isNoticePosted: true,
      hasSignerInspected: true,
      isPaintingInSameSpace: false,
    },
    people: {
      operator: person(1),
      supervisor: person(2),
      fireWatch: person(3),
      approver: person(4),
      isWatchPresent: true,
      pointsPerWatch: 1,
    },
    progress: {
      lastWorkEndedAtMs: moment === "close" ? endedAtMs : null,
      lastGasLogAtMs: atMs - minutesMs(30),
      lastPatrolAtMs: atMs - minutesMs(30),
      smoulderWatchedFromMs: moment === "close" ? endedAtMs : null,
      smoulderWatchedToMs: moment === "close" ? endedAtMs + minutesMs(60) : null,
      smoulderChecksAtMs:
        moment === "close" ? [80, 100, 120].map((after) => endedAtMs + minutesMs(after)) : [],
      isResidualFireExcluded: true,
    },
    materials: ["non-combustible"],
  };
}
