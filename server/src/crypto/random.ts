import { randomFillSync } from "node:crypto";
import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import { v7 } from "uuid";

/** Bytes from the operating system's generator. */
export const systemRandom: RandomBytes = (length) => randomFillSync(new Uint8Array(length));

/** Makes UUIDv7 strings (RFC 9562 §5.7), ordered by the injected clock, unique by the injected randomness. */
export function uuidV7(clock: Clock, random: RandomBytes): () => string {
  return () =>
    v7({ msecs: clock.nowMs(), random: random(16), seq: new DataView(random(4).buffer).getUint32(0) });
}
