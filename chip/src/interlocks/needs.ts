import type { Peripheral } from "@hanyouxu/protocol";
import type { ChipState } from "../state.ts";

/** One missed or impossible answer is noise. */
export const LOST_AFTER_MS = 3_000;

/** Without these nobody may work: the chip would not see what the machine does, or gas where the region asks for it. */
export function isNeeded(state: ChipState, peripheral: Peripheral): boolean {
  if (peripheral === "gas-sensor") return isGasDemanded(state);
  return peripheral === "current-sensor" || peripheral === "flash";
}

/** Whether the region lets no machine that has a gas sensor work without a usable one. */
export function isGasDemanded(state: ChipState): boolean {
  return state.configuration.gasDemand !== "none";
}
