import type { PersonId } from "@hanyouxu/protocol";
import type { ClearancePolicy } from "./clearance-policy.ts";
import type { ClearanceDemands, ClearanceState, SmoulderPlan } from "./clearance-state.ts";

/**
 * A clearance as it begins: a machine has entered a key area.
 * @param atMs milliseconds since 1970
 * @param opened `earlierFails`: see `failsToCarry`
 */
export function openClearance(
  atMs: number,
  opened: {
    demands: ClearanceDemands;
    welderPersonId: PersonId;
    smoulderPlan: SmoulderPlan;
    earlierFails?: number;
  },
): ClearanceState {
  const earlierFails = opened.earlierFails ?? 0;
  return {
    ...opened,
    earlierFails,
    openedAtMs: atMs,
    atMs,
    permit: null,
    scene: {
      status: "missing",
      attempts: 0,
      fails: earlierFails,
      sceneCheckId: null,
      dueAtMs: null,
      wasReminded: false,
      validToMs: null,
    },
    station: null,
    watch: null,
    work: {
      openSessionId: null,
      sessionCount: 0,
      lastEndedAtMs: null,
      isFinished: false,
      permitContinues: false,
    },
    smoulder: null,
    end: null,
  };
}

/**
 * Failed scene checks that go over into the next clearance of the same place: giving up after a failure, or being
 * forbidden, must not wipe the slate clean. One failure is left, so that the next one calls the station.
 */
export function failsToCarry({ scene, end }: ClearanceState, policy: ClearancePolicy): number {
  if (end === null || end.kind === "closed" || scene.status === "passed") return 0;
  return Math.min(scene.fails, policy.sceneAttempts - 1);
}
