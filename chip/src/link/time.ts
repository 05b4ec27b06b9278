import { bytesToHex, encodeAnswerFrame, NONCE_BYTES } from "@hanyouxu/protocol";
import { chipTime, wallClockMs } from "../clock.ts";
import { record } from "../events.ts";
import type { Turn } from "../turn.ts";
import { publish } from "../turn.ts";

/** An echo later than this proves little: it bounds how far behind a delayed answer can leave the clock. */
const ECHO_WITHIN_MS = 30_000;
const ASK_AGAIN_CAP_MS = 600_000;
/** Half of the time after which a verified clock counts as drifting. */
const REFRESH_EVERY_MS = 6 * 3_600_000;
/** A smaller correction is the network's delay, not a step. */
const STEP_MS = 2_000;

/** Tells the platform who is there, and asks for the time under a fresh nonce. */
export function sayHello(turn: Turn): void {
  const { state, uptimeMs, ports } = turn;
  const nonce = bytesToHex(ports.random(NONCE_BYTES));
  const waitMs = Math.min(ASK_AGAIN_CAP_MS, ECHO_WITHIN_MS * 2 ** Math.min(state.link.unansweredHellos, 8));
  state.link = {
    ...state.link,
    nonce,
    nonceAtUptimeMs: uptimeMs,
    helloDueUptimeMs: uptimeMs + waitMs,
    unansweredHellos: state.link.unansweredHellos + 1,
  };
  publish(
    turn,
    "a",
    encodeAnswerFrame({
      kind: "hello",
      ...chipTime(state),
      nonce,
      stateVersion: state.stateVersion,
      relayClosed: state.relayClosed,
      locked: state.isLocked,
      lastSeq: state.log.lastSeq,
      firmware: ports.firmware,
      configurationVersion: state.configuration.version,
      connection: state.link.connection,
    }),
  );
}

/** Asks again while nobody answers, and now and then when somebody did. */
export function keepTime(turn: Turn): void {
  const { link } = turn.state;
  if (link.phase === "up" && turn.uptimeMs >= link.helloDueUptimeMs) sayHello(turn);
}

/**
 * The platform's answer. It counts only under the nonce of the last hello and soon after it; half of the round trip is
 * added. A time before one already proven is not believed: the clock never goes back past it.
 */
export function receiveTime(turn: Turn, platformMs: number, nonce: string): void {
  const { state, uptimeMs } = turn;
  const roundTripMs = uptimeMs - state.link.nonceAtUptimeMs;
  if (state.link.nonce !== nonce || roundTripMs > ECHO_WITHIN_MS) return;
  state.link = {
    ...state.link,
    nonce: null,
    helloDueUptimeMs: uptimeMs + REFRESH_EVERY_MS,
    unansweredHellos: 0,
  };
  if (platformMs < state.clock.highWaterMs) return;
  const fromMs = wallClockMs(state);
  const toMs = platformMs + Math.floor(roundTripMs / 2);
  state.clock = {
    base: { clockMs: toMs, uptimeMs },
    verifiedAtUptimeMs: uptimeMs,
    highWaterMs: platformMs,
  };
  turn.mustPersist = true;
  if (fromMs !== null && Math.abs(toMs - fromMs) > STEP_MS) record(turn, "clock-stepped", { fromMs, toMs });
}
