import { type ChipId, decodeAnswerFrame, type WorkSessionId } from "@hanyouxu/protocol";
import type { UplinkMessage } from "./broker/broker.ts";
import type { WorkSessionChanges } from "./changes.ts";

/** A grant that is on its way to its chip. */
export interface GrantUnderway {
  commandId: string;
  chipId: ChipId;
  workSessionId: WorkSessionId;
}

/** So long a hint is believed; the chip's event of the same thing is committed long before, or something is wrong. */
const HINT_HOLDS_MS = 10_000;
/** Grants that were never answered are forgotten beyond so many, the oldest first. */
const MAX_GRANTS = 4_096;

/**
 * Tells open screens that a relay is closed as soon as the chip's answer is verified: it came over the chip's own
 * connection and names the command that this process has just sent to this chip. What it leads to is durable some
 * milliseconds later, and only that counts for anybody but a screen. An answer that reaches another server process
 * gives no hint there; the screen then waits for the commit.
 */
export class PowerHints {
  readonly #changes: WorkSessionChanges;
  readonly #underway = new Map<string, GrantUnderway>();
  readonly #bySession = new Map<WorkSessionId, number>();

  constructor(changes: WorkSessionChanges) {
    this.#changes = changes;
  }

  /** Before the chip can hear of the grant. */
  expect(grant: GrantUnderway): void {
    this.#underway.set(grant.commandId, grant);
    dropOldest(this.#underway);
  }

  /** A message from a chip, before it is stored. Anything but the awaited answer is passed over. */
  hear({ channel, chipId, payload, receivedAtMs }: UplinkMessage): void {
    if (channel !== "a") return;
    const decoded = decodeAnswerFrame(payload);
    if (!decoded.ok || decoded.value.kind !== "answer") return;
    const { commandId, result, relayClosed } = decoded.value;
    const grant = this.#underway.get(commandId);
    if (grant?.chipId !== chipId) return;
    this.#underway.delete(commandId);
    if (result !== "accepted" || !relayClosed) return;
    this.#bySession.set(grant.workSessionId, receivedAtMs);
    dropOldest(this.#bySession);
    this.#changes.announce([grant.workSessionId]);
  }

  /** When the chip said that it has closed its relay for the session; undefined where nothing was heard of late. */
  poweredAtMs(workSessionId: WorkSessionId, nowMs: number): number | undefined {
    const poweredAtMs = this.#bySession.get(workSessionId);
    if (poweredAtMs === undefined || nowMs - poweredAtMs <= HINT_HOLDS_MS) return poweredAtMs;
    this.#bySession.delete(workSessionId);
    return undefined;
  }
}

function dropOldest<Key>(map: Map<Key, unknown>): void {
  if (map.size <= MAX_GRANTS) return;
  const [oldest] = map.keys();
  map.delete(oldest as Key);
}
