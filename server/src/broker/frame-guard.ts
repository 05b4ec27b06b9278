import type { BrokerEvent } from "./broker.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** MQTT 3.1.1 §2.2.1. */
const PUBLISH = 3;
const PUBACK = 4;
const MAX_LENGTH_BYTES = 4;

/**
 * Follows the fixed headers (MQTT 3.1.1 §2.2) of what a chip sends, before the parser sees it: the parser would buffer
 * up to 256 MB for one packet, and answers any number of pings and subscriptions.
 */
export class FrameGuard {
  readonly #maxPacketBytes: number;
  readonly #otherPackets: TokenBucket;
  /** Bytes of the present packet still to come; undefined while its header is being read. */
  #bodyLeft: number | undefined = undefined;
  #type = -1;
  #length = 0;
  #lengthBytes = 0;

  /** @param otherPackets limits everything but publications and their acknowledgements. */
  constructor(maxPacketBytes: number, otherPackets: TokenBucket) {
    this.#maxPacketBytes = maxPacketBytes;
    this.#otherPackets = otherPackets;
  }

  /** What is wrong with the stream after `chunk`, or undefined. After a fault the connection must be closed. */
  check(chunk: Uint8Array): BrokerEvent | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft !== undefined) {
        const skipped = Math.min(this.#bodyLeft, chunk.length - at);
        at += skipped;
        this.#bodyLeft -= skipped;
        if (this.#bodyLeft === 0) this.#nextPacket();
        continue;
      }
      const fault = this.#readHeaderByte(chunk[at++]!);
      if (fault) return fault;
    }
    return undefined;
  }

  #readHeaderByte(byte: number): BrokerEvent | undefined {
    if (this.#type < 0) {
      this.#type = byte >> 4;
      const isFree = this.#type === PUBLISH || this.#type === PUBACK;
      return isFree || this.#otherPackets.tryTake() ? undefined : "refused-packet-rate";
    }
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (byte & 0x80) return this.#lengthBytes < MAX_LENGTH_BYTES ? undefined : "protocol-error";
    if (this.#length > this.#maxPacketBytes) return "refused-size";
    this.#bodyLeft = this.#length;
    if (this.#bodyLeft === 0) this.#nextPacket();
    return undefined;
  }

  #nextPacket(): void {
    this.#bodyLeft = undefined;
    this.#type = -1;
    this.#length = 0;
    this.#lengthBytes = 0;
  }
}
