import type { Carried } from "@hanyouxu/chip/testing";

/** Request and answer heads, beside the bytes that a request carries. */
export const HEAD_BYTES = 600;

/** A link of so many bytes a second that is cut for `downMs` after every `upMs`; what was on its way then is lost. */
export class CutLink {
  readonly #bytesPerSecond: number;
  readonly #upMs: number;
  readonly #downMs: number;
  /** All that was pushed into it, arrived or not. */
  carriedBytes = 0;

  constructor({ bytesPerSecond, upMs, downMs }: { bytesPerSecond: number; upMs: number; downMs: number }) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#upMs = upMs;
    this.#downMs = downMs;
  }

  /** One request of `bytes` beside its heads, begun at `atMs`. */
  carry(atMs: number, bytes: number): Carried {
    const leftUpMs = this.#upMs - (atMs % (this.#upMs + this.#downMs));
    // Begun while it is down: known after a second.
    if (leftUpMs <= 0) return { arrives: false, afterMs: 1_000 };
    const needsMs = Math.ceil(((bytes + HEAD_BYTES) * 1000) / this.#bytesPerSecond);
    const arrives = needsMs <= leftUpMs;
    this.carriedBytes += arrives ? bytes + HEAD_BYTES : Math.floor((leftUpMs * this.#bytesPerSecond) / 1000);
    return { arrives, afterMs: arrives ? needsMs : leftUpMs };
  }
}

/**
 * Uploads as a first attempt would: one request a picture, in the order of the taking, as fast as the link goes, and the
 * whole picture again after a cut.
 */
export function uploadNaively(
  link: CutLink,
  pictures: readonly { readyMs: number; bytes: number }[],
  retryMs: number,
): { lastArrivedMs: number; arrivedMs: number[] } {
  let atMs = 0;
  const arrivedMs: number[] = [];
  for (const { readyMs, bytes } of pictures) {
    atMs = Math.max(atMs, readyMs);
    for (;;) {
      const { arrives, afterMs } = link.carry(atMs, bytes);
      atMs += afterMs;
      if (arrives) break;
      atMs += retryMs;
    }
    arrivedMs.push(atMs);
  }
  return { lastArrivedMs: atMs, arrivedMs };
}
