/**
 * What the pure packages need from the outside world. Hosts supply it: node:crypto and timers on the server,
 * WebCrypto on the phone, a secure element and a hardware timer on a board.
 */

/** Wall clock and timers. Everything with a deadline takes one, so that tests run on virtual time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
  /** Calls `run` once after `delayMs` (≥ 0) unless cancelled. */
  setTimer(delayMs: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** A cryptographically secure source of `length` random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** SHA-256 (FIPS 180-4) of `bytes`: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Makes raw signatures with one private key. */
export interface Signer {
  /** COSE algorithm (RFC 9053 §2.1): -7 is ES256. */
  readonly algorithm: number;
  /** Four bytes that name the key: the first of SHA-256 over its SPKI. */
  readonly keyId: Uint8Array;
  /** For ES256: r ‖ s, 64 bytes (IEEE P1363 form, as RFC 9053 §2.1 asks). */
  sign(toBeSigned: Uint8Array): Uint8Array;
}

/** Checks raw signatures against the keys its owner trusts. */
export interface Verifier {
  /** False for an untrusted key, an unsupported algorithm or a wrong signature; never throws. */
  verify(algorithm: number, keyId: Uint8Array, toBeSigned: Uint8Array, signature: Uint8Array): boolean;
}
