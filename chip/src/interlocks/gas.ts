import type { CommandResult } from "@hanyouxu/protocol";
import { record } from "../events.ts";
import type { ChipPorts } from "../ports.ts";
import type { ChipState } from "../state.ts";
import { bumpStateVersion, type Turn } from "../turn.ts";
import { cutWork } from "../welding/session.ts";
import { isGasSensorWarm, usableGasLelPermille } from "./gas-sensor.ts";
import { isGasDemanded } from "./needs.ts";

/** A warning ends, and a cut counts as cleared, when the gas has fallen to this share of the warning limit. */
const CLEARS_AT_SHARE = 0.8;

interface GasLimits {
  warningPermille: number;
  cutPermille: number;
}

/**
 * Gas over the limit opens the relay in the step that sees it, and keeps it open until it has cleared and the place was
 * inspected. A faulty sensor is believed as far as it tells of danger.
 */
export function watchGas(turn: Turn): void {
  const { state } = turn;
  const { warningPermille, cutPermille } = gasLimits(state, state.work?.grant ?? null);
  const said = isGasSensorWarm(state) ? (state.reading?.gas?.lelPermille ?? 0) : 0;
  const lelPermille = said >= cutPermille ? said : usableGasLelPermille(state);
  if (lelPermille === null) return;
  const hasCleared = lelPermille < warningPermille * CLEARS_AT_SHARE;
  if (lelPermille >= cutPermille) cut(turn, lelPermille);
  else if (hasCleared && state.gas.cutAt && !state.gas.hasCleared) {
    state.gas = { ...state.gas, hasCleared: true };
    turn.mustReport = true;
  }
  if (lelPermille >= warningPermille !== state.gas.isWarning && (!state.gas.isWarning || hasCleared)) {
    const raised = !state.gas.isWarning;
    state.gas = { ...state.gas, isWarning: raised };
    turn.mustReport = true;
    record(turn, "gas-warning", { gasLelPermille: lelPermille, raised });
  }
}

/** Gas that comes back after it had cleared is another cut: an inspection of the first says nothing about it. */
function cut(turn: Turn, gasLelPermille: number): void {
  const { state } = turn;
  if (state.gas.cutAt && !state.gas.hasCleared) return;
  bumpStateVersion(turn);
  record(turn, "gas-cut", { gasLelPermille });
  state.gas = { ...state.gas, cutAt: { boot: state.boot, seq: state.log.lastSeq }, hasCleared: false };
  cutWork(turn, "gas");
}

/** Takes an inspection of the place. Refused while the gas has not been seen to have cleared, and for another cut. */
export function obeyInspection(
  turn: Turn,
  { cutBoot, cutSeq }: { cutBoot: number; cutSeq: number },
): CommandResult {
  const { state } = turn;
  const { cutAt } = state.gas;
  if (cutAt?.boot !== cutBoot || cutAt.seq !== cutSeq) return "state-changed";
  if (!isGasSensorWarm(state)) return "gas-warming-up";
  const lelPermille = usableGasLelPermille(state);
  if (lelPermille === null) {
    // Where no sensor is asked for, the inspector's own instrument must do.
    if (isGasDemanded(state)) return "faulted";
  } else if (lelPermille >= gasLimits(state, null).warningPermille * CLEARS_AT_SHARE) return "gas";
  state.gas = { ...state.gas, cutAt: null, hasCleared: false };
  bumpStateVersion(turn);
  record(turn, "gas-inspected", { cutBoot, cutSeq });
  return "accepted";
}

/** Why gas, or not knowing about it, forbids a start under the limits of a grant; null when it does not. */
export function whyGasForbids(
  state: ChipState,
  ports: Pick<ChipPorts, "fitted">,
  grant: GrantGasLimits,
): CommandResult | null {
  const { gas, configuration } = state;
  const lelPermille = usableGasLelPermille(state) ?? 0;
  if (gas.isWarning || lelPermille >= gasLimits(state, grant).warningPermille) return "gas";
  if (gas.cutAt) return gas.hasCleared ? "gas-uninspected" : "gas";
  if (!isGasDemanded(state)) return null;
  if (!ports.fitted.includes("gas-sensor")) return configuration.gasDemand === "always" ? "faulted" : null;
  if (!isGasSensorWarm(state)) return "gas-warming-up";
  const isTooOld = state.gasSensor.isCalibrationOverdue && configuration.isOverdueCalibrationRefused;
  return isTooOld ? "gas-calibration-overdue" : null;
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
