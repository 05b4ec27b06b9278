import { sha256 } from "@hanyouxu/chip/hosts/node";
import {
  type ChipEvent,
  type EventDataByKind,
  type EventKind,
  encodeEvent,
  eventHash,
  GENESIS_HASH,
} from "@hanyouxu/protocol";

/** The events of a new chip: numbered and chained as the real program does it. */
export class EventLog {
  readonly #startedMs = Date.now();
  #seq = 0;
  #head: Uint8Array = GENESIS_HASH;

  /** The frame of the next event. */
  next<Kind extends EventKind>(kind: Kind, data: EventDataByKind[Kind]): Uint8Array {
    const nowMs = Date.now();
    const frame = encodeEvent({
      boot: 1,
      seq: ++this.#seq,
      uptimeMs: nowMs - this.#startedMs,
      clockMs: nowMs,
      clockTrust: "verified",
      stateVersion: this.#seq,
      kind,
      data,
      previousHash: this.#head,
    } as ChipEvent);
    this.#head = eventHash(sha256, frame);
    return frame;
  }
}
