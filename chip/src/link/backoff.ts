import type { RandomBytes } from "@hanyouxu/protocol";

const BASE_MS = 1_000;
/** A province comes back spread over minutes, not in one second. */
const CAP_MS = 120_000;

/** Full jitter: anywhere between now and a limit that doubles with every attempt. */
export function backoffMs(attempt: number, random: RandomBytes): number {
  const limitMs = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 20));
  return Math.floor(fraction(random) * limitMs);
}

/** Uniform in [0, 1). */
function fraction(random: RandomBytes): number {
  const bytes = random(4);
  return (bytes[0]! * 0x100_0000 + bytes[1]! * 0x1_0000 + bytes[2]! * 0x100 + bytes[3]!) / 0x1_0000_0000;
}
