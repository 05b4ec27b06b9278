import type { MachineState } from "@hanyouxu/api";
import { isOnline, type Twin } from "../twins/twins.ts";

export interface StateFacts {
  isMachineLocked: boolean;
  twin: Pick<
    Twin,
    "isGone" | "lastHeardAtMs" | "relayClosed" | "arcOn" | "isLocked" | "isTampered" | "isFaulted"
  > | null;
  /** The status of the open work session, null when nobody holds the machine. */
  openSessionStatus: "granted" | "energised" | null;
}

/** What a machine is doing, the most important first. */
export function machineStateOf(facts: StateFacts, nowMs: number, leaseSeconds: number): MachineState {
  const { twin } = facts;
  if (twin?.isTampered) return "tampered";
  if (twin?.isFaulted) return "faulted";
  if (facts.isMachineLocked || twin?.isLocked) return "locked";
  if (!twin || !isOnline(twin, nowMs, leaseSeconds)) return "offline";
  if (twin.relayClosed) return twin.arcOn ? "arcing" : "energised";
  return facts.openSessionStatus === "granted" ? "granted" : "idle";
}
