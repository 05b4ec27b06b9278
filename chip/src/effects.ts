import type { Picture, UplinkChannel } from "@hanyouxu/protocol";
import type { PictureName, PictureSize } from "./camera/camera-state.ts";
import type { Snapshot } from "./snapshot.ts";
import type { IndicatorPattern } from "./state.ts";
import type { StoredEvent } from "./stored-event.ts";

/**
 * What a step asks of the host, to be done in the order given: the relay opens before anything else, closes only after
 * what it was closed for is durable, and nothing is said to the platform before that either.
 */
export type ChipEffect =
  | { kind: "relay"; closed: boolean }
  /** One atomic write: the events appended and the snapshot that goes with them. Events up to `acknowledged` may go. */
  | { kind: "persist"; events: readonly StoredEvent[]; snapshot: Snapshot }
  /** QoS 1. The host may drop it when the connection breaks: what matters is sent again after the next link-up. */
  | { kind: "publish"; channel: UplinkChannel; bytes: Uint8Array }
  /** Open a connection now, with this will on channel a; then report link-up or link-down. */
  | { kind: "connect"; will: Uint8Array }
  | { kind: "indicator"; pattern: IndicatorPattern }
  /** One look by one camera, held in memory until it is kept or forgotten; then report picture-taken. */
  | { kind: "take-picture"; picture: number; camera: number; size: PictureSize }
  /** What was taken is to outlive a loss of power, in the host's own time. `live` pictures are not worth it. */
  | { kind: "keep-picture"; picture: Picture }
  | { kind: "forget-pictures"; names: readonly PictureName[] }
  /** Announce it if the platform does not know it yet, send one part; then report picture-sent. */
  | { kind: "send-picture"; picture: Picture; fromByte: number; maxBytes: number };
