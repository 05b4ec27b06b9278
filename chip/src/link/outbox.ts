import { acknowledge } from "../events.ts";
import type { ChipState } from "../state.ts";
import type { LogPosition } from "../stored-event.ts";
import { publish, type Turn } from "../turn.ts";

/** Published and not acknowledged by the platform at most. */
export const WINDOW_EVENTS = 8;
/** A backlog leaves at no more than a window in this time (28 kbit/s): a fifth of a poor cellular uplink. */
export const BURST_MS = 250;
const RESEND_AFTER_MS = 20_000;
const RESEND_CAP_MS = 300_000;
const NEVER = Number.MAX_SAFE_INTEGER;

/** After a link-up nothing counts as sent: the platform sorts out duplicates by (boot, seq). */
export function restartOutbox(turn: Turn): void {
  turn.state.outbox = { ...turn.state.outbox, inFlight: 0, resends: 0, resendDueUptimeMs: NEVER };
}

/** Sends what waits, strictly in order, as far as window and pace allow; starts over when no acknowledgement comes. */
export function pumpOutbox(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (state.link.phase !== "up") return;
  const { pending } = state.log;
  let { inFlight, resendDueUptimeMs, resends, burstStartedAtUptimeMs, sentInBurst } = state.outbox;
  if (inFlight > 0 && uptimeMs >= resendDueUptimeMs) {
    inFlight = 0;
    resends += 1;
  }
  if (uptimeMs - burstStartedAtUptimeMs >= BURST_MS) {
    burstStartedAtUptimeMs = uptimeMs;
    sentInBurst = 0;
  }
  const firstSent = inFlight;
  while (inFlight < Math.min(WINDOW_EVENTS, pending.length) && sentInBurst < WINDOW_EVENTS) {
    publish(turn, "e", pending[inFlight]!.bytes);
    inFlight += 1;
    sentInBurst += 1;
  }
  if (inFlight > firstSent) {
    resendDueUptimeMs = uptimeMs + Math.min(RESEND_CAP_MS, RESEND_AFTER_MS * 2 ** Math.min(resends, 8));
  }
  if (inFlight === 0) resendDueUptimeMs = NEVER;
  state.outbox = { inFlight, resendDueUptimeMs, resends, burstStartedAtUptimeMs, sentInBurst };
}

/** The platform's cumulative acknowledgement, sent after it has committed. */
export function receiveAcknowledgement(turn: Turn, position: LogPosition): void {
  const settled = acknowledge(turn, position);
  if (settled === 0) return;
  const { outbox } = turn.state;
  turn.state.outbox = {
    ...outbox,
    inFlight: Math.max(0, outbox.inFlight - settled),
    resends: 0,
    resendDueUptimeMs: turn.uptimeMs + RESEND_AFTER_MS,
  };
}

export function outboxDueUptimeMs(state: ChipState): number {
  if (state.link.phase !== "up" || state.log.pending.length === 0) return NEVER;
  const { inFlight, resendDueUptimeMs, burstStartedAtUptimeMs } = state.outbox;
  const canSendMore = inFlight < Math.min(WINDOW_EVENTS, state.log.pending.length);
  return canSendMore ? burstStartedAtUptimeMs + BURST_MS : resendDueUptimeMs;
}
