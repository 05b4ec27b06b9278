import { es256Verifier, sha256 } from "@hanyouxu/chip/hosts/node";
import {
  type Answer,
  type AnswerFrame,
  bytesEqual,
  type ChipEvent,
  type ChipId,
  checkpointToBeSigned,
  decodeAnswerFrame,
  decodeEvent,
  decodeTelemetry,
  ES256,
  eventHash,
  GENESIS_HASH,
  type Hello,
  KEY_ID_BYTES,
  type Postponement,
  type TelemetryBatch,
  type UplinkChannel,
} from "@hanyouxu/protocol";

/** What a chip has told the platform, decoded; a frame that cannot be decoded throws: the chip may not send it. */
export class UplinkRecord {
  readonly answers: (Answer | Postponement)[] = [];
  readonly hellos: Hello[] = [];
  /** Wills received. */
  goneCount = 0;
  readonly batches: TelemetryBatch[] = [];
  /** By "boot/seq": however often each came. */
  readonly #events = new Map<string, { event: ChipEvent; bytes: Uint8Array }>();
  /** As they came, duplicates too. */
  readonly arrivals: { boot: number; seq: number }[] = [];

  receive(channel: UplinkChannel, bytes: Uint8Array): AnswerFrame | ChipEvent | TelemetryBatch {
    if (channel === "a") {
      const frame = must(decodeAnswerFrame(bytes));
      if (frame.kind === "answer" || frame.kind === "postponed") this.answers.push(frame);
      if (frame.kind === "hello") this.hellos.push(frame);
      if (frame.kind === "gone") this.goneCount += 1;
      return frame;
    }
    if (channel === "t") {
      const batch = must(decodeTelemetry(bytes));
      this.batches.push(batch);
      return batch;
    }
    const event = must(decodeEvent(bytes));
    const key = `${event.boot}/${event.seq}`;
    const known = this.#events.get(key);
    if (known && !bytesEqual(known.bytes, bytes)) throw new Error(`two different events ${key}`);
    this.#events.set(key, { event, bytes });
    this.arrivals.push({ boot: event.boot, seq: event.seq });
    return event;
  }

  /** In the chip's order, each once. */
  get events(): ChipEvent[] {
    return this.#sorted().map(({ event }) => event);
  }

  get kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  /** The last position up to which no event is missing. */
  get contiguous(): { boot: number; seq: number } | undefined {
    let last: { boot: number; seq: number } | undefined;
    let previousHash: Uint8Array = GENESIS_HASH;
    for (const { event, bytes } of this.#sorted()) {
      if (!bytesEqual(event.previousHash, previousHash)) break;
      previousHash = eventHash(sha256, bytes);
      last = { boot: event.boot, seq: event.seq };
    }
    return last;
  }

  /** Throws unless numbers run from 1 without gaps per boot, hashes chain and checkpoints are signed by the chip. */
  verify(chipId: ChipId, chipSpki: Uint8Array): void {
    const verifier = es256Verifier([chipSpki]);
    const keyId = sha256(chipSpki).slice(0, KEY_ID_BYTES);
    let previousHash: Uint8Array = GENESIS_HASH;
    let previous = { boot: 0, seq: 0 };
    for (const { event, bytes } of this.#sorted()) {
      const at = `${event.boot}/${event.seq}`;
      const follows =
        event.boot === previous.boot
          ? event.seq === previous.seq + 1
          : event.boot > previous.boot && event.seq === 1;
      if (!follows) throw new Error(`event ${at} follows ${previous.boot}/${previous.seq}`);
      if (!bytesEqual(event.previousHash, previousHash)) throw new Error(`the chain breaks at ${at}`);
      if (
        event.kind === "checkpoint" &&
        !verifier.verify(ES256, keyId, checkpointToBeSigned(chipId, event), event.data.signature)
      ) {
        throw new Error(`the checkpoint ${at} is not signed by the chip`);
      }
      previousHash = eventHash(sha256, bytes);
      previous = { boot: event.boot, seq: event.seq };
    }
  }

  #sorted(): { event: ChipEvent; bytes: Uint8Array }[] {
    return [...this.#events.values()].sort(
      (left, right) => left.event.boot - right.event.boot || left.event.seq - right.event.seq,
    );
  }
}

function must<Value>(decoded: { ok: true; value: Value } | { ok: false; reason: unknown }): Value {
  if (decoded.ok) return decoded.value;
  throw new Error(`the chip sent what cannot be decoded: ${JSON.stringify(decoded.reason)}`);
}
