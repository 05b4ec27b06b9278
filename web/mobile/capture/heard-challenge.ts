import type { EvidenceChallenge } from "@hanyouxu/api";

/** A challenge with the moment of the phone's own steady clock at which it came. */
export interface HeardChallenge {
  challenge: EvidenceChallenge;
  heardAtMs: number;
}

/**
 * The time now by the platform's clock, however the phone's is set: when the challenge was given, and what has passed
 * since it came. It is behind by the answer's way, so it is never in the future.
 */
export function platformTimeMs({ challenge, heardAtMs }: HeardChallenge, steadyMs: number): number {
  return Date.parse(challenge.issuedAt) + (steadyMs - heardAtMs);
}

/** How long the challenge may still be answered; zero when it may not. */
export function leftMs(heard: HeardChallenge, steadyMs: number): number {
  return Math.max(0, Date.parse(heard.challenge.expiresAt) - platformTimeMs(heard, steadyMs));
}
