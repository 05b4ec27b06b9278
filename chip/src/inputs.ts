import type { Picture, ResetCause } from "@hanyouxu/protocol";
import type { PictureName } from "./camera/camera-state.ts";
import type { SendResult } from "./camera/send-pictures.ts";

/** One look at everything the chip senses. Null is "no such sensor" or "it does not answer now". */
export interface Reading {
  fix: Fix | null;
  speedCentimetresPerSecond: number | null;
  arcCurrentDeciamps: number | null;
  voltageDecivolts: number | null;
  temperatureDecicelsius: number | null;
  gas: { lelPermille: number; raw: number } | null;
  batteryPercent: number | null;
  /** What the machine's own meter has counted in its life; it counts without the chip too. */
  meterWattHours?: number | null;
  signalDbm: number | null;
  /** False as soon as the loop through the housing is cut. */
  tamperLoopIntact: boolean;
  moving: boolean;
}

export interface Fix {
  kind: "gnss" | "cell";
  latitudeE7: number;
  longitudeE7: number;
  accuracyMetres: number;
}

/** Of the bytes that a camera gave. */
export type PictureFacts = Pick<Picture, "widthPixels" | "heightPixels" | "sizeBytes" | "sha256">;

/** All that ever reaches the program. Time is uptime: milliseconds since boot by a clock that only goes forward. */
export type ChipInput =
  | {
      kind: "boot";
      resetCause: ResetCause /** The battery-backed clock, if there is one. */;
      rtcMs: number | null;
      /** Pictures of earlier boots that wait for the platform, oldest first. */
      keptPictures?: readonly Picture[];
    }
  | { kind: "tick"; uptimeMs: number }
  | { kind: "reading"; uptimeMs: number; reading: Reading }
  | { kind: "downlink"; uptimeMs: number; bytes: Uint8Array }
  /** The connection is made and the chip's own topic subscribed. */
  | { kind: "link-up"; uptimeMs: number }
  /** The connection broke, or the attempt failed. */
  | { kind: "link-down"; uptimeMs: number }
  /** What the camera gave for "take-picture"; null for nothing. */
  | { kind: "picture-taken"; uptimeMs: number; picture: number; facts: PictureFacts | null }
  /** How "send-picture" fared. */
  | { kind: "picture-sent"; uptimeMs: number; name: PictureName; result: SendResult }
  /** The supply is failing: a few milliseconds are left. */
  | { kind: "power-failing"; uptimeMs: number };
