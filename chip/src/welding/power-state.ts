import { isFaulted } from "../interlocks/peripherals.ts";
import type { ChipState, IndicatorPattern } from "../state.ts";

/**
 * What the machine's power is doing.
 * - locked: the relay is open, as it is whenever nothing says otherwise
 * - energised: a grant holds the relay closed, no arc burns
 * - arcing: an arc burns under the grant
 * - cooling: the arc in hand may end, no new one may begin, then the relay opens
 * - faulted: the relay is open and stays so until a needed sensor answers again
 */
export type PowerState = "locked" | "energised" | "arcing" | "cooling" | "faulted";

export function powerStateOf(state: ChipState): PowerState {
  if (!state.work) return isFaulted(state) ? "faulted" : "locked";
  if (state.work.ending) return "cooling";
  return state.arc.isOn ? "arcing" : "energised";
}

/** Safety first, then what the person at the machine waits for. */
export function indicatorOf(state: ChipState): IndicatorPattern {
  if (state.tamper.isRaised || state.gas.cutAt || state.bypass.isSuspected) return "alarm";
  const power = powerStateOf(state);
  if (power === "faulted") return "fault";
  if (power !== "locked") return power;
  if (state.isLocked) return "locked";
  return state.link.phase === "up" ? "ready" : "offline";
}
