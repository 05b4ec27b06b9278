import type { ClearancePolicy } from "./clearance-policy.ts";
import type { ClearanceEffect, ClearanceNews, ClearanceState, StopCause } from "./clearance-state.ts";

/** One step in the making: the state to be and what has to be done about it. */
export interface ClearanceTurn {
  state: ClearanceState;
  policy: ClearancePolicy;
  effects: ClearanceEffect[];
  /** 0 ≤ number < 1, new for each step: when the watch is asked next must not be guessed. */
  random: number;
}

export const MINUTE_MS = 60_000;

export function tell(
  turn: ClearanceTurn,
  what: ClearanceNews,
  ...whom: ("welder" | "watch" | "reviewers")[]
): void {
  for (const one of whom) {
    if (one === "watch" && turn.state.watch === null) continue;
    turn.effects.push({ kind: "tell", whom: one, what });
  }
}

/** No new arc under the running session; the weld in hand ends by itself. */
export function stopNewArcs({ state, effects }: ClearanceTurn, because: StopCause): void {
  const { openSessionId } = state.work;
  if (openSessionId !== null) effects.push({ kind: "stop-new-arcs", workSessionId: openSessionId, because });
}
