import { type ChipId, type Clock, parseTopic, topicOf } from "@hanyouxu/protocol";
import type { AedesOptions, Client } from "aedes";
import { type BrokerEvent, type CountBrokerEvent, MAX_UPLINK_BYTES } from "./broker.ts";
import { TokenBucket } from "./token-bucket.ts";
import type { UplinkLanes } from "./uplink-lanes.ts";

/** A chip's connection that was let in. */
export interface ChipConnection {
  chipId: ChipId;
  client: Client;
  pace: TokenBucket;
  isSubscribed: boolean;
}

export interface ChipAccessOptions {
  clock: Clock;
  count: CountBrokerEvent;
  isChipAllowed: (chipId: ChipId) => boolean;
  messagesPerSecond: number;
  messageBurst: number;
  maxKeepaliveSeconds: number;
  /** The chip that the socket's certificate names. */
  chipOf: (connection: object) => ChipId | undefined;
  /** Where messages go; undefined while the broker stops. */
  lanes: () => UplinkLanes | undefined;
}

/** CONNACK 2 (MQTT 3.1.1 §3.2.2.3): identifier rejected; 5: not authorized. */
const IDENTIFIER_REJECTED = 2;
const NOT_AUTHORIZED = 5;
const SUBACK_FAILURE = null;

/** Who may connect, publish and subscribe: the hooks that Aedes asks, and the connections they let in. */
export class ChipAccess {
  readonly #options: ChipAccessOptions;
  readonly #connections = new WeakMap<Client, ChipConnection>();

  constructor(options: ChipAccessOptions) {
    this.#options = options;
  }

  connectionOf(client: Client): ChipConnection | undefined {
    return this.#connections.get(client);
  }

  readonly preConnect: NonNullable<AedesOptions["preConnect"]> = (_client, packet, done) => {
    // Nothing waits here for a chip that is away: downward messages have deadlines and are repeated by the platform.
    packet.clean = true;
    const { maxKeepaliveSeconds } = this.#options;
    if (!packet.keepalive || packet.keepalive > maxKeepaliveSeconds) packet.keepalive = maxKeepaliveSeconds;
    done(null, true);
  };

  readonly authenticate: NonNullable<AedesOptions["authenticate"]> = (client, _username, _password, done) => {
    const { clock, count, isChipAllowed, chipOf, messagesPerSecond, messageBurst } = this.#options;
    const chipId = chipOf(client.conn);
    const refuse = (reason: BrokerEvent, returnCode: number) => {
      count(reason);
      done(Object.assign(new Error(reason), { returnCode }), false);
    };
    if (!chipId) return refuse("refused-certificate", NOT_AUTHORIZED);
    if (client.id !== chipId) return refuse("refused-client-id", IDENTIFIER_REJECTED);
    if (!isChipAllowed(chipId)) return refuse("refused-revoked", NOT_AUTHORIZED);
    const pace = new TokenBucket(clock, messagesPerSecond, messageBurst);
    this.#connections.set(client, { chipId, client, pace, isSubscribed: false });
    done(null, true);
  };

  /** The PUBACK waits for `done`: a message is acknowledged when the consumer has it for good. */
  readonly authorizePublish: NonNullable<AedesOptions["authorizePublish"]> = (client, packet, done) => {
    const { clock, count, isChipAllowed } = this.#options;
    const connection = client && this.#connections.get(client);
    const refuse = (reason: BrokerEvent) => {
      count(reason);
      done(new Error(reason));
    };
    if (!client || !connection) return refuse("refused-topic");
    const topic = parseTopic(packet.topic);
    if (topic?.chipId !== connection.chipId || topic.channel === "d") return refuse("refused-topic");
    if (packet.qos !== 1) return refuse("refused-qos");
    if (packet.retain) return refuse("refused-retain");
    if (packet.payload.length > MAX_UPLINK_BYTES) return refuse("refused-size");
    if (!isChipAllowed(connection.chipId)) return refuse("refused-revoked");
    const lanes = this.#options.lanes();
    if (!lanes) return done(new Error("stopping"));
    // The copy frees the socket's read buffer, of which the payload is a slice.
    const payload = Uint8Array.from(packet.payload as Uint8Array);
    const message = { chipId: topic.chipId, channel: topic.channel, payload, receivedAtMs: clock.nowMs() };
    // The will of a closed connection comes here too, and nobody waits for its acknowledgement.
    const isWill = client.closed;
    const isWanted = () => isWill || !client.closed;
    lanes.push(message, isWanted, connection.pace).then((isConsumed) => {
      if (isConsumed) done(null);
      else if (isWanted()) done(new Error("not consumed"));
    });
  };

  readonly authorizeSubscribe: NonNullable<AedesOptions["authorizeSubscribe"]> = (
    client,
    subscription,
    done,
  ) => {
    const connection = this.#connections.get(client);
    const isOwn = connection && subscription.topic === topicOf(connection.chipId, "d");
    if (isOwn && subscription.qos <= 1) return done(null, subscription);
    this.#options.count("refused-subscription");
    done(null, SUBACK_FAILURE);
  };

  /** After Aedes has (un)subscribed the client. */
  markSubscribed(client: Client, topics: readonly string[], isSubscribed: boolean): void {
    const connection = this.#connections.get(client);
    if (connection && topics.includes(topicOf(connection.chipId, "d")))
      connection.isSubscribed = isSubscribed;
  }
}
