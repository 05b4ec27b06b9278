import { record } from "../events.ts";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { cutWork } from "../welding/session.ts";

/** A warning ends when the gas has fallen to this share of its limit. */
const CLEARS_AT_SHARE = 0.8;

interface GasLimits {
  warningPermille: number;
  cutPermille: number;
}

/** Gas over the limit opens the relay in the step that sees it. */
export function watchGas(turn: Turn, lelPermille: number | null): void {
  if (lelPermille === null) return;
  const { state } = turn;
  const { warningPermille, cutPermille } = gasLimits(state, state.work?.grant ?? null);
  const hasCleared = lelPermille < warningPermille * CLEARS_AT_SHARE;
  if (lelPermille >= cutPermille && !state.gas.isCut) {
    state.gas = { ...state.gas, isCut: true };
    turn.mustReport = true;
    record(turn, "gas-cut", { gasLelPermille: lelPermille });
    cutWork(turn, "gas");
  } else if (hasCleared && state.gas.isCut) {
    state.gas = { ...state.gas, isCut: false };
    turn.mustReport = true;
  }
  if (lelPermille >= warningPermille !== state.gas.isWarning && (!state.gas.isWarning || hasCleared)) {
    const raised = !state.gas.isWarning;
    state.gas = { ...state.gas, isWarning: raised };
    turn.mustReport = true;
    record(turn, "gas-warning", { gasLelPermille: lelPermille, raised });
  }
}

/** Whether what the sensor says now forbids a start under `limits` of a grant. */
export function isGasInTheWay(state: ChipState, limits: GrantGasLimits): boolean {
  const lelPermille = state.reading?.gas?.lelPermille ?? 0;
  return state.gas.isCut || state.gas.isWarning || lelPermille >= gasLimits(state, limits).warningPermille;
}

type GrantGasLimits = { gasWarningLelPermille: number; gasCutLelPermille: number };

/** The stricter of configuration and grant; 0 in a grant leaves it to the configuration. */
function gasLimits(state: ChipState, grant: GrantGasLimits | null): GasLimits {
  const { configuration } = state;
  return {
    warningPermille: stricter(configuration.gasWarningLelPermille, grant?.gasWarningLelPermille ?? 0),
    cutPermille: stricter(configuration.gasCutLelPermille, grant?.gasCutLelPermille ?? 0),
  };
}

function stricter(configured: number, granted: number): number {
  return granted > 0 ? Math.min(configured, granted) : configured;
}
