import type { WeldingProcess } from "../county/types.ts";
import { normal, type Random } from "../random.ts";

/** A welder's hand at a machine under power: arcs and pauses in turn. */
export interface Hand {
  isWelding: boolean;
  /** Time until the hand changes. */
  leftMs: number;
}

/** Median seconds of an arc and of the pause after it: a stick lasts a minute and is then changed, a spot is short. */
const rhythms: Readonly<Record<WeldingProcess, { arcSeconds: number; pauseSeconds: number }>> = {
  SMAW: { arcSeconds: 55, pauseSeconds: 40 },
  GMAW: { arcSeconds: 25, pauseSeconds: 20 },
  GTAW: { arcSeconds: 40, pauseSeconds: 45 },
  SAW: { arcSeconds: 240, pauseSeconds: 300 },
  PAW: { arcSeconds: 40, pauseSeconds: 60 },
  PAC: { arcSeconds: 12, pauseSeconds: 30 },
  RW: { arcSeconds: 8, pauseSeconds: 15 },
  OFW: { arcSeconds: 60, pauseSeconds: 40 },
  OFC: { arcSeconds: 40, pauseSeconds: 60 },
  BRAZING: { arcSeconds: 30, pauseSeconds: 60 },
};

/** A hand that is about to strike its first arc. */
export function restingHand(random: Random): Hand {
  return { isWelding: false, leftMs: 2_000 + random.next() * 15_000 };
}

/** The hand `dtMs` later. Spans are log-normal, between half a second and fifteen minutes. */
export function stepHand(hand: Hand, process: WeldingProcess, random: Random, dtMs: number): Hand {
  let { isWelding, leftMs } = hand;
  leftMs -= dtMs;
  while (leftMs <= 0) {
    isWelding = !isWelding;
    const { arcSeconds, pauseSeconds } = rhythms[process];
    const medianMs = 1000 * (isWelding ? arcSeconds : pauseSeconds);
    leftMs += Math.max(500, Math.min(900_000, medianMs * Math.exp(normal(random, 0, 0.5))));
  }
  return { isWelding, leftMs };
}
