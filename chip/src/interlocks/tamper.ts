import { record } from "../events.ts";
import { bumpStateVersion, type Turn } from "../turn.ts";
import { cutWork } from "../welding/session.ts";

/** The loop must be whole this long before the alarm is taken back: a wire held together by hand does not count. */
const INTACT_FOR_MS = 5_000;

/** A cut loop opens the relay in the step that sees it. */
export function watchTamper(turn: Turn, isLoopIntact: boolean): void {
  const { state, uptimeMs } = turn;
  if (!isLoopIntact) {
    const wasRaised = state.tamper.isRaised;
    state.tamper = { isRaised: true, intactSinceUptimeMs: null };
    if (wasRaised) return;
    bumpStateVersion(turn);
    record(turn, "tamper", { raised: true });
    cutWork(turn, "tamper");
    return;
  }
  if (!state.tamper.isRaised) return;
  const intactSinceUptimeMs = state.tamper.intactSinceUptimeMs ?? uptimeMs;
  state.tamper = { isRaised: true, intactSinceUptimeMs };
  if (uptimeMs - intactSinceUptimeMs < INTACT_FOR_MS) return;
  state.tamper = { isRaised: false, intactSinceUptimeMs: null };
  bumpStateVersion(turn);
  record(turn, "tamper", { raised: false });
}
