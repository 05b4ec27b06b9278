import { type CborValue, encodeCbor } from "../cbor.ts";
import { chipIdToBytes } from "../chip-id.ts";
import { Fields, MAX_UINT32, numberOf, PROTOCOL_VERSION, readFrame } from "../fields.ts";
import type { Sha256 } from "../ports.ts";
import { type Decoded, decoding } from "../rejection.ts";
import type { ChipId } from "../units.ts";
import { type ChipTime, readUptimeAndClock, writeUptimeAndClock } from "./clock-trust.ts";
import { EVENT_CODECS, EVENT_KINDS, type EventDataByKind, type EventKind } from "./event-data.ts";

export const HASH_BYTES = 16;
/** What the very first event of a chip's life links to. */
export const GENESIS_HASH = new Uint8Array(HASH_BYTES);

interface EventHeader extends ChipTime {
  /** Numbers the events of one boot from 1 without gaps. */
  seq: number;
  /** Grows by one with every change that matters to a command (relay, lock, fault, tamper, session). */
  stateVersion: number;
  /** `eventHash` of the event before, across boots: a removed or altered event breaks the chain. */
  previousHash: Uint8Array;
}

/** Upward on channel e. Kept in flash until the platform acknowledges (boot, seq) cumulatively. */
export type ChipEvent = {
  [Kind in EventKind]: EventHeader & { kind: Kind; data: EventDataByKind[Kind] };
}[EventKind];

export function encodeEvent(event: ChipEvent): Uint8Array {
  const codec = EVENT_CODECS[event.kind] as { write(data: unknown): CborValue[] };
  return encodeCbor([
    PROTOCOL_VERSION,
    event.boot,
    event.seq,
    ...writeUptimeAndClock(event),
    event.stateVersion,
    numberOf(event.kind, EVENT_KINDS),
    codec.write(event.data),
    event.previousHash,
  ]);
}

export function decodeEvent(bytes: Uint8Array): Decoded<ChipEvent> {
  return decoding(() => {
    const fields = new Fields(readFrame(bytes), "event", 10, 1);
    const boot = fields.integer("boot", 1, MAX_UINT32);
    const seq = fields.integer("seq", 1, MAX_UINT32);
    const time = readUptimeAndClock(fields);
    const stateVersion = fields.integer("stateVersion", 0, MAX_UINT32);
    const kind = fields.oneOf("kind", EVENT_KINDS);
    const codec = EVENT_CODECS[kind];
    const data = codec.read(new Fields(fields.nested(), "data", codec.length));
    const previousHash = fields.bytes("previousHash", HASH_BYTES);
    return { boot, seq, ...time, stateVersion, kind, data, previousHash } as ChipEvent;
  });
}

/** The link of the chain: the first 16 bytes of SHA-256 over the encoded event. */
export function eventHash(sha256: Sha256, encodedEvent: Uint8Array): Uint8Array {
  return sha256(encodedEvent).slice(0, HASH_BYTES);
}

/** What the chip's own key signs in a checkpoint: everything up to and including `previousHash` happened, in that order. */
export function checkpointToBeSigned(
  chipId: ChipId,
  event: Pick<ChipEvent, "boot" | "seq" | "previousHash">,
): Uint8Array {
  return encodeCbor(["hy1-checkpoint", chipIdToBytes(chipId), event.boot, event.seq, event.previousHash]);
}
