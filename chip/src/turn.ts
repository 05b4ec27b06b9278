import type { EventKind, UplinkChannel } from "@hanyouxu/protocol";
import type { ChipEffect } from "./effects.ts";
import type { ChipPorts } from "./ports.ts";
import { snapshotOf } from "./snapshot.ts";
import type { ChipState } from "./state.ts";
import type { StoredEvent } from "./stored-event.ts";

/** An event of this step; `isRaised` is false for one that says something is over. */
export interface RecordedEvent {
  kind: EventKind;
  seq: number;
  isRaised: boolean;
}

/** One step in the making: a copy of the state whose parts are replaced, and what is to be done about it. */
export interface Turn {
  readonly before: ChipState;
  readonly state: ChipState;
  readonly ports: ChipPorts;
  /** Milliseconds since boot, never less than at the step before. */
  readonly uptimeMs: number;
  readonly events: StoredEvent[];
  /** The same events, for what reacts to them later in the step. */
  readonly recorded: RecordedEvent[];
  /** Done after everything else. */
  readonly cameraEffects: ChipEffect[];
  readonly publications: Extract<ChipEffect, { kind: "publish" }>[];
  /** Something must be durable before this step's relay and publications. */
  mustPersist: boolean;
  /** Something the map shows has changed: a sample leaves at once. */
  mustReport: boolean;
  will: Uint8Array | null;
  isBoot: boolean;
}

export function beginTurn(before: ChipState, uptimeMs: number, ports: ChipPorts): Turn {
  const monotonicMs = Math.max(uptimeMs, before.uptimeMs);
  return {
    before,
    state: { ...before, uptimeMs: monotonicMs },
    ports,
    uptimeMs: monotonicMs,
    events: [],
    recorded: [],
    cameraEffects: [],
    publications: [],
    mustPersist: false,
    mustReport: false,
    will: null,
    isBoot: false,
  };
}

export function publish(turn: Turn, channel: UplinkChannel, bytes: Uint8Array): void {
  turn.publications.push({ kind: "publish", channel, bytes });
}

/** Another thing changed that a command may depend on. */
export function bumpStateVersion(turn: Turn): void {
  turn.state.stateVersion += 1;
  turn.mustPersist = true;
  turn.mustReport = true;
}

/** The effects in the order in which they are safe: see `ChipEffect`. */
export function endTurn(turn: Turn): { state: ChipState; effects: ChipEffect[] } {
  const { before, state } = turn;
  const effects: ChipEffect[] = [];
  const mustOpen = turn.isBoot || (before.relayClosed && !state.relayClosed);
  if (mustOpen) effects.push({ kind: "relay", closed: false });
  if (turn.mustPersist) effects.push({ kind: "persist", events: turn.events, snapshot: snapshotOf(state) });
  if (!before.relayClosed && state.relayClosed) effects.push({ kind: "relay", closed: true });
  effects.push(...turn.publications);
  if (turn.will) effects.push({ kind: "connect", will: turn.will });
  if (turn.isBoot || before.indicator !== state.indicator) {
    effects.push({ kind: "indicator", pattern: state.indicator });
  }
  effects.push(...turn.cameraEffects);
  return { state, effects };
}
