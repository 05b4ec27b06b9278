import {
  type AnswerFrame,
  bytesEqual,
  bytesToHex,
  COMMAND_ID_BYTES,
  type Command,
  type CommandBody,
  type CommandResult,
  type Configuration,
  chipIdToBytes,
  decodeCbor,
  decoding,
  encodeAnswerFrame,
  type GasSensorRules,
  openCommand,
  parseSign1,
  type Rejection,
} from "@hanyouxu/protocol";
import { obeyPictureRequest, obeyWatch } from "../camera/cameras.ts";
import { chipTime, wallClockMs } from "../clock.ts";
import { record } from "../events.ts";
import { isFarFromFence } from "../interlocks/fence.ts";
import { obeyInspection, whyGasForbids } from "../interlocks/gas.ts";
import { warmUpSecondsLeft } from "../interlocks/gas-sensor.ts";
import { isGasDemanded } from "../interlocks/needs.ts";
import { isSensing, reviewNeeds } from "../interlocks/peripherals.ts";
import { bumpStateVersion, publish, type Turn } from "../turn.ts";
import { cutWork, endWork, startWork } from "../welding/session.ts";
import { receiveAcknowledgement } from "./outbox.ts";
import { isReplayed, remember } from "./replay.ts";
import { receiveTime } from "./time.ts";

/** These reasons cut a weld; every other lets the arc in hand end. */
const CUTTING_REASONS: ReadonlySet<string> = new Set(["tamper", "gas", "emergency", "locked"]);
/** The platform's clock and the chip's may differ by so much at a grant's start. */
const EARLY_TOLERANCE_MS = 2_000;

/**
 * Takes one message from above. The order of the checks: signature, audience, replay, accept-by, expected state, then
 * what the command itself asks. Acknowledgements and time need no answer and no clock: the first can only be repeated
 * harmlessly, the second carries its own proof of freshness.
 */
export function receiveDownlink(turn: Turn, bytes: Uint8Array): void {
  const opened = openCommand(bytes, turn.ports.verifier);
  if (!opened.ok) {
    discard(turn, bytes, opened.reason);
    return;
  }
  const command = opened.value;
  const isForThisChip = command.audience === turn.ports.chipId;
  if (command.kind === "acknowledgement") {
    if (isForThisChip) receiveAcknowledgement(turn, command);
  } else if (command.kind === "time") {
    if (isForThisChip) receiveTime(turn, command.platformMs, command.nonce);
  } else {
    const result = isForThisChip ? checkAndObey(turn, command) : "wrong-audience";
    answer(turn, command.commandId, result);
  }
}

type Order = Exclude<Command, { kind: "acknowledgement" | "time" }>;

function checkAndObey(turn: Turn, command: Order): CommandResult {
  const { state } = turn;
  if (isReplayed(state.replay, command)) return "replayed";
  state.replay = remember(state.replay, command);
  turn.mustPersist = true;
  const result = checkHeader(turn, command) ?? obey(turn, command);
  if (result !== "accepted" && command.kind === "grant") record(turn, "refused", { result });
  return result;
}

function checkHeader(turn: Turn, command: Command): CommandResult | null {
  const { state } = turn;
  const clockMs = wallClockMs(state);
  if (clockMs === null) return "clock-unknown";
  if (clockMs > command.acceptBySeconds * 1000) return "expired";
  const expected = command.expectedStateVersion;
  return expected !== null && expected !== state.stateVersion ? "state-changed" : null;
}

function obey(turn: Turn, command: Order): CommandResult {
  const { state } = turn;
  switch (command.kind) {
    case "grant": {
      const refusal = whyNotToStart(turn, command);
      if (refusal) return refusal;
      startWork(turn, command);
      return "accepted";
    }
    case "revoke":
      if (state.work?.grant.workSessionId !== command.workSessionId) return "unknown-session";
      if (CUTTING_REASONS.has(command.reason)) cutWork(turn, command.reason);
      else endWork(turn, command.reason);
      return "accepted";
    case "lock":
      if (state.isLocked !== command.locked) {
        state.isLocked = command.locked;
        bumpStateVersion(turn);
        record(turn, "locked", { locked: command.locked });
      }
      if (command.locked) cutWork(turn, "locked");
      return "accepted";
    case "configuration":
    case "full-configuration": {
      if (command.version <= state.configuration.version) return "state-changed";
      const wasGasNeeded = isGasDemanded(state);
      state.configuration = { ...state.configuration, ...configurationOf(command) };
      reviewNeeds(turn, wasGasNeeded);
      return "accepted";
    }
    case "gas-inspection":
      return obeyInspection(turn, command);
    case "picture-request":
      return obeyPictureRequest(turn, command);
    case "camera-watch":
      return obeyWatch(turn, command);
  }
}

/** The grant's own window, then the local interlocks. */
function whyNotToStart(turn: Turn, grant: Order & { kind: "grant" }): CommandResult | null {
  const { state } = turn;
  const clockMs = wallClockMs(state) ?? 0;
  if (clockMs + EARLY_TOLERANCE_MS < grant.notBeforeSeconds * 1000) return "not-yet-valid";
  if (clockMs >= (grant.notBeforeSeconds + grant.validSeconds) * 1000) return "expired";
  // No command of this version carries the watch's heartbeat, so its absence could not be noticed.
  if (grant.isWatchHeartbeatRequired) return "unsupported";
  if (state.isLocked) return "locked";
  if (state.tamper.isRaised) return "tamper";
  const gasReason = whyGasForbids(state, turn.ports, grant);
  if (gasReason) return gasReason;
  if (!isSensing(state)) return "faulted";
  if (isFarFromFence(state, grant.fence)) return "outside-fence";
  return state.work ? "busy" : null;
}

/** The numbers of a command without its header. */
function configurationOf(
  command: CommandBody & { kind: "configuration" | "full-configuration" },
): Configuration & Partial<GasSensorRules> {
  const { version, idleTelemetrySeconds, workingTelemetrySeconds } = command;
  const { gasWarningLelPermille, gasCutLelPermille, arcGraceSeconds } = command;
  const numbers = {
    version,
    idleTelemetrySeconds,
    workingTelemetrySeconds,
    gasWarningLelPermille,
    gasCutLelPermille,
    arcGraceSeconds,
  };
  if (command.kind === "configuration") return numbers;
  const { gasDemand, calibrationIntervalDays, isOverdueCalibrationRefused } = command;
  return { ...numbers, gasDemand, calibrationIntervalDays, isOverdueCalibrationRefused };
}

function answer(turn: Turn, commandId: string, result: CommandResult): void {
  const { state } = turn;
  const { stateVersion, relayClosed } = state;
  const said = { ...chipTime(state), commandId, result, stateVersion, relayClosed };
  const readyInSeconds = Math.min(65_535, warmUpSecondsLeft(state));
  const frame: AnswerFrame =
    result === "gas-warming-up" && readyInSeconds > 0
      ? { kind: "postponed", ...said, readyInSeconds }
      : { kind: "answer", ...said };
  publish(turn, "a", encodeAnswerFrame(frame));
}

/** Counts what no trusted key signed or nobody can read, and says so when it at least names this chip and an id. */
function discard(turn: Turn, bytes: Uint8Array, reason: Rejection): void {
  const { state } = turn;
  state.discarded = { ...state.discarded, downlinks: state.discarded.downlinks + 1 };
  const commandId = readCommandId(turn, bytes);
  if (commandId === undefined) return;
  const result =
    reason.code === "bad-signature"
      ? "untrusted"
      : reason.code === "unknown-kind" || reason.code === "wrong-version"
        ? "unsupported"
        : "malformed";
  answer(turn, commandId, result);
}

/** The id in a command that was not accepted: the third and fourth item of every kind and version. */
function readCommandId(turn: Turn, bytes: Uint8Array): string | undefined {
  const message = parseSign1(bytes);
  if (!message.ok) return undefined;
  const payload = decoding(() => decodeCbor(message.value.payload));
  if (!payload.ok || !Array.isArray(payload.value)) return undefined;
  const [, , audience, commandId] = payload.value as unknown[];
  const isForThisChip =
    audience instanceof Uint8Array && bytesEqual(audience, chipIdToBytes(turn.ports.chipId));
  return isForThisChip && commandId instanceof Uint8Array && commandId.length === COMMAND_ID_BYTES
    ? bytesToHex(commandId)
    : undefined;
}
