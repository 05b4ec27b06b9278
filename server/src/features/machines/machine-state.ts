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

/** The columns of machine, twin and open work session that the state depends on; all null without a twin. */
export interface StateRow {
  is_machine_locked: boolean;
  session_status: string | null;
  last_heard_at: Date | null;
  is_gone: boolean | null;
  relay_closed: boolean | null;
  arc_on: boolean | null;
  is_locked: boolean | null;
  is_tampered: boolean | null;
  is_faulted: boolean | null;
}

export function stateFactsOf(row: StateRow): StateFacts {
  return {
    isMachineLocked: row.is_machine_locked,
    twin:
      row.last_heard_at === null
        ? null
        : {
            isGone: row.is_gone ?? false,
            lastHeardAtMs: row.last_heard_at.getTime(),
            relayClosed: row.relay_closed ?? false,
            arcOn: row.arc_on ?? false,
            isLocked: row.is_locked ?? false,
            isTampered: row.is_tampered ?? false,
            isFaulted: row.is_faulted ?? false,
          },
    openSessionStatus: row.session_status as StateFacts["openSessionStatus"],
  };
}
