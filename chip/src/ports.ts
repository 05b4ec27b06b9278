import type { ChipId, Peripheral, RandomBytes, Sha256, Signer, Verifier } from "@hanyouxu/protocol";

/** What the chip's program needs from its body; a host makes one and passes it to every step. */
export interface ChipPorts {
  chipId: ChipId;
  /** At most 32 characters; told to the platform at every boot and connection. */
  firmware: string;
  /** What this machine was fitted with. A missing reading from a fitted sensor is a fault; from another, normal. */
  fitted: readonly Peripheral[];
  /** Trusts the platform's signing keys, and nothing else. */
  verifier: Verifier;
  /** The chip's own key: signs the checkpoint that closes each work session. */
  signer: Signer;
  sha256: Sha256;
  /** Nonces and the jitter of reconnection. */
  random: RandomBytes;
}
