import type { ChipId, UplinkChannel } from "@hanyouxu/protocol";

export interface UplinkMessage {
  chipId: ChipId;
  channel: UplinkChannel;
  payload: Uint8Array;
  receivedAtMs: number;
}

/**
 * How the platform talks to the chips. Two adapters, one conformance suite: a broker inside this process
 * (`embedded-broker.ts`) and any MQTT 5 broker outside (`external-broker.ts`).
 */
export interface Broker {
  /**
   * Begins to take messages. `onUplink` is the one consumer; its promise resolves when the message is durable or
   * quarantined, and only then is it acknowledged (PUBACK). Messages of one chip are handed over in order, one at a
   * time; chips are parallel. A rejection is retried, unacknowledged, so a message can come more than once.
   */
  start(onUplink: (message: UplinkMessage) => Promise<void>): Promise<void>;
  /**
   * QoS 1 to `hy1/{chipId}/d`. Resolves when the broker has taken it, which says nothing about the chip: when the chip
   * is not connected the message is gone, and the sender retries by the chip's own answers and reports.
   * @throws BrokerUnavailableError when an external broker cannot be reached or does not answer in time.
   */
  publish(chipId: ChipId, payload: Uint8Array): Promise<void>;
  isHealthy(): boolean;
  /** Takes nothing new, lets the consumer finish what it has, closes all connections. */
  stop(): Promise<void>;
}

export class BrokerUnavailableError extends Error {
  override name = "BrokerUnavailableError";
}

/** The largest payload a chip may send. */
export const MAX_UPLINK_BYTES = 4096;
/** The largest packet a chip may send: the payload, its topic, ids and header. */
export const MAX_PACKET_BYTES = MAX_UPLINK_BYTES + 128;

/** What an adapter counts; nothing it refuses is refused silently. */
export type BrokerEvent =
  | "connected"
  | "disconnected"
  | "consumed"
  | "consumer-failed"
  | "abandoned"
  | "refused-connection-rate"
  | "refused-tls"
  | "refused-certificate"
  | "refused-revoked"
  | "refused-client-id"
  | "refused-topic"
  | "refused-qos"
  | "refused-retain"
  | "refused-size"
  | "refused-subscription"
  | "refused-packet-rate"
  | "protocol-error"
  | "connection-lost"
  | "undelivered";

export type CountBrokerEvent = (event: BrokerEvent) => void;
