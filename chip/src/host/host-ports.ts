import type { UplinkChannel } from "@hanyouxu/protocol";
import type { Reading } from "../inputs.ts";
import type { Snapshot, StoredChip } from "../snapshot.ts";
import type { StoredEvent } from "../stored-event.ts";

/** The chip's one connection to the platform, made anew for every attempt. */
export interface ChipLink {
  /**
   * Starts one attempt. Ends in exactly one `onUp` (connected, own topic subscribed) or `onDown`; after an `onUp`, one
   * `onDown` when the connection breaks. Nothing is reported after `close` or `abort`.
   */
  open(will: Uint8Array, listener: LinkListener): void;
  /** QoS 1 on this connection; dropped when there is none. */
  publish(channel: UplinkChannel, bytes: Uint8Array): void;
  /** Says goodbye, so that the will is not sent; resolves when what was published has left. */
  close(): Promise<void>;
  /** As pulling the plug. */
  abort(): void;
}

export interface LinkListener {
  onUp(): void;
  onDown(): void;
  onDownlink(bytes: Uint8Array): void;
}

/** The chip's flash. Every call returns only when the matter is settled. */
export interface ChipStorage {
  /** What was persisted last, or null for a new chip. */
  load(): StoredChip | null;
  /** All or nothing, and durable on return. @throws when it cannot be written */
  persist(events: readonly StoredEvent[], snapshot: Snapshot): void;
  close(): void;
}

/** Looks at the sensors now; null when none of them answers. */
export type ReadSensors = () => Reading | null;

/** A machine at rest, without a place or a gas sensor: what a host starts with until told otherwise. */
export const QUIET_READING: Reading = {
  fix: null,
  speedCentimetresPerSecond: null,
  arcCurrentDeciamps: 0,
  voltageDecivolts: 0,
  temperatureDecicelsius: null,
  gas: null,
  batteryPercent: null,
  signalDbm: null,
  tamperLoopIntact: true,
  moving: false,
};
