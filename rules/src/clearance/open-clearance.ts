import type { PersonId } from "@hanyouxu/protocol";
import type { ClearanceDemands, ClearanceState, SmoulderPlan } from "./clearance-state.ts";

/** A clearance as it begins: a machine has entered a key area. @param atMs milliseconds since 1970 */
export function openClearance(
  atMs: number,
  opened: { demands: ClearanceDemands; welderPersonId: PersonId; smoulderPlan: SmoulderPlan },
): ClearanceState {
  return {
    ...opened,
    openedAtMs: atMs,
    atMs,
    permit: null,
    scene: {
      status: "missing",
      attempts: 0,
      fails: 0,
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
