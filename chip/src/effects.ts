import type { UplinkChannel } from "@hanyouxu/protocol";
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
  | { kind: "indicator"; pattern: IndicatorPattern };
