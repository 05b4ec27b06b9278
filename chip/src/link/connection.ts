import { encodeAnswerFrame } from "@hanyouxu/protocol";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { backoffMs } from "./backoff.ts";
import { restartOutbox } from "./outbox.ts";
import { sayHello } from "./time.ts";

/** A connection that held this long starts the back-off afresh; a shorter one counts as a failure. */
const HELD_MS = 30_000;
/** A host that never reports how its attempt went is not waited for. */
const ATTEMPT_LIMIT_MS = 60_000;

/** At boot: the first attempt comes within a second, so that a village's power coming back is no single blow. */
export function startLink(turn: Turn): void {
  const { state, uptimeMs } = turn;
  state.link = {
    ...state.link,
    phase: "waiting",
    sinceUptimeMs: uptimeMs,
    connectAtUptimeMs: uptimeMs + backoffMs(0, turn.ports.random),
  };
}

/** Opens the next connection when its time has come: one attempt at a time. */
export function keepConnected(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const { link } = state;
  if (link.phase === "connecting" && uptimeMs - link.sinceUptimeMs >= ATTEMPT_LIMIT_MS) linkDown(turn);
  if (link.phase !== "waiting" || uptimeMs < link.connectAtUptimeMs) return;
  const connection = link.connection + 1;
  state.link = { ...link, phase: "connecting", sinceUptimeMs: uptimeMs, connection };
  turn.will = encodeAnswerFrame({ kind: "gone", boot: state.boot, connection });
}

export function linkUp(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (state.link.phase !== "connecting") return;
  state.link = { ...state.link, phase: "up", sinceUptimeMs: uptimeMs, unansweredHellos: 0 };
  sayHello(turn);
  restartOutbox(turn);
  turn.mustReport = true;
  state.telemetry = { ...state.telemetry, drainDueUptimeMs: uptimeMs };
}

export function linkDown(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const { link } = state;
  if (link.phase === "waiting") return;
  const hasHeld = link.phase === "up" && uptimeMs - link.sinceUptimeMs >= HELD_MS;
  const attempt = hasHeld ? 0 : link.attempt + 1;
  state.link = {
    ...link,
    phase: "waiting",
    sinceUptimeMs: uptimeMs,
    connectAtUptimeMs: uptimeMs + backoffMs(attempt, turn.ports.random),
    attempt,
    nonce: null,
    helloDueUptimeMs: Number.MAX_SAFE_INTEGER,
  };
}

export function connectionDueUptimeMs(state: ChipState): number {
  const { link } = state;
  if (link.phase === "up") return Number.MAX_SAFE_INTEGER;
  return link.phase === "waiting" ? link.connectAtUptimeMs : link.sinceUptimeMs + ATTEMPT_LIMIT_MS;
}
