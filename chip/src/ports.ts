import type { ChipId, Peripheral, RandomBytes, Sha256, Signer, Verifier } from "@hanyouxu/protocol";
import type { CameraTraits } from "./camera/camera-state.ts";

/** What the chip's program needs from its body; a host makes one and passes it to every step. */
export interface ChipPorts {
  chipId: ChipId;
  /** At most 32 characters; told to the platform at every boot and connection. */
  firmware: string;
  /** What this machine was fitted with. A missing reading from a fitted sensor is a fault; from another, normal. */
  fitted: readonly Peripheral[];
  /** Of the combustible-gas sensor, where one is fitted. */
  gasSensor?: GasSensorTraits | undefined;
  /** Where the machine has cameras. */
  cameras?: CameraTraits | undefined;
  /** Trusts the platform's signing keys, and nothing else. */
  verifier: Verifier;
  /** The chip's own key: signs the checkpoint that closes each work session. */
  signer: Signer;
  sha256: Sha256;
  /** Nonces and the jitter of reconnection. */
  random: RandomBytes;
}

/** What the maker of a gas sensor says of it, and what its module keeps of its last calibration. */
export interface GasSensorTraits {
  /** From power-on until the cell is warm and its word counts. */
  warmUpMs: number;
  /** A raw value outside means a broken wire, a short or a dead cell. */
  rawMin: number;
  rawMax: number;
  /** A raw value that has not moved by a single count for so long is stuck; null for a cell without noise. */
  stuckAfterMs: number | null;
  /** Milliseconds since 1970; null when the module keeps no date. */
  calibratedAtMs: number | null;
}
