import {
  type ChipEvent,
  checkpointToBeSigned,
  type EventDataByKind,
  type EventKind,
  encodeEvent,
  eventHash,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import { chipTime } from "./clock.ts";
import { isAfter, type LogPosition } from "./stored-event.ts";
import type { Turn } from "./turn.ts";

/**
 * With this many events waiting (about two weeks of work without a connection) the chip starts no more work and leaves
 * out what only describes, so that what matters always finds room: flash is finite and a numbered event is never lost.
 */
export const LOG_FULL_EVENTS = 8192;

const DESCRIPTIVE_KINDS: ReadonlySet<EventKind> = new Set<EventKind>([
  "refused",
  "arc-summary",
  "gas-warning",
  "fence-entered",
  "clock-stepped",
  "peripheral-lost",
  "gas-sensor",
]);

export function isLogFull(state: { log: { pending: readonly unknown[] } }): boolean {
  return state.log.pending.length >= LOG_FULL_EVENTS;
}

/** Numbers, chains and stores an event; it leaves when the outbox gets to it. */
export function record<Kind extends EventKind>(turn: Turn, kind: Kind, data: EventDataByKind[Kind]): void {
  const { state } = turn;
  if (isLogFull(state) && DESCRIPTIVE_KINDS.has(kind)) return;
  const seq = state.log.lastSeq + 1;
  const event = {
    ...chipTime(state),
    seq,
    stateVersion: state.stateVersion,
    previousHash: state.log.headHash,
    kind,
    data,
  } as ChipEvent;
  const stored = { boot: state.boot, seq, bytes: encodeEvent(event) };
  state.log = {
    ...state.log,
    lastSeq: seq,
    headHash: eventHash(turn.ports.sha256, stored.bytes),
    pending: [...state.log.pending, stored],
  };
  turn.events.push(stored);
  turn.recorded.push({ kind, seq, isRaised: !("raised" in data) || data.raised === true });
  turn.mustPersist = true;
}

/** Closes a work session's record: the chip's own key vouches for everything in the chain so far. */
export function recordCheckpoint(turn: Turn, workSessionId: WorkSessionId): void {
  const { boot, log } = turn.state;
  const toBeSigned = checkpointToBeSigned(turn.ports.chipId, {
    boot,
    seq: log.lastSeq + 1,
    previousHash: log.headHash,
  });
  record(turn, "checkpoint", { workSessionId, signature: turn.ports.signer.sign(toBeSigned) });
}

/**
 * The platform has everything up to (boot, seq). An acknowledgement of what was never written is ignored. Losing this
 * in a power cut is harmless, so it waits for the next write.
 * @returns how many pending events this settled
 */
export function acknowledge(turn: Turn, position: LogPosition): number {
  const { state } = turn;
  const head = { boot: state.boot, seq: state.log.lastSeq };
  if (isAfter(position, head) || !isAfter(position, state.log.acknowledged)) return 0;
  const pending = state.log.pending.filter((event) => isAfter(event, position));
  const settled = state.log.pending.length - pending.length;
  state.log = { ...state.log, acknowledged: { boot: position.boot, seq: position.seq }, pending };
  return settled;
}
