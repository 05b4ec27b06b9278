import { type ChipId, type Clock, parseTopic, type Timer, topicOf } from "@hanyouxu/protocol";
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import {
  type Broker,
  BrokerUnavailableError,
  type CountBrokerEvent,
  MAX_UPLINK_BYTES,
  type UplinkMessage,
} from "./broker.ts";
import { UplinkLanes } from "./uplink-lanes.ts";

export interface ExternalBrokerOptions {
  /** mqtts://host:port of an MQTT 5 broker that binds topics to the chips' certificates (see deploy/). */
  url: string;
  /** PEM; the certificate names the platform. */
  tls: { certificatePem: string; keyPem: string; caCertificatePem: string };
  /** Stable for one server over restarts and unlike any other server's: its session keeps what was not consumed. */
  clientId: string;
  clock: Clock;
  /** In [0, 1): spreads reconnections and retries. */
  random: () => number;
  count: CountBrokerEvent;
  limits?: Partial<ExternalBrokerLimits>;
}

export interface ExternalBrokerLimits {
  /** Messages the broker may have sent that are not acknowledged yet (Receive Maximum, MQTT 5 §3.1.2.11.3). */
  receiveMaximum: number;
  publishTimeoutMs: number;
  connectTimeoutMs: number;
  keepaliveSeconds: number;
  /** How long the broker keeps our session while this server is away. */
  sessionExpirySeconds: number;
  longestReconnectMs: number;
}

const defaultLimits: ExternalBrokerLimits = {
  receiveMaximum: 1024,
  publishTimeoutMs: 5_000,
  connectTimeoutMs: 10_000,
  keepaliveSeconds: 15,
  sessionExpirySeconds: 3600,
  longestReconnectMs: 10_000,
};

const FIRST_RECONNECT_MS = 250;
/** Servers of one installation share the stream: each message goes to one of them. */
const SHARED_SUBSCRIPTIONS = ["t", "e", "a"].map((channel) => `$share/hanyouxu/hy1/+/${channel}`);

/** A client of an MQTT 5 broker outside this process. */
export function externalBroker(options: ExternalBrokerOptions): Broker {
  const { clock, count } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const inDoubt = new Set<(error: Error) => void>();
  let lanes: UplinkLanes | undefined;
  let client: MqttClient | undefined;
  let isReady = false;
  let isStopping = false;
  let failures = 0;
  let reconnectTimer: Timer | undefined;

  /**
   * A fresh client for each connection: mqtt.js then keeps no queue of its own from one connection to the next. What
   * the broker had not got is reported as undelivered; what we had not acknowledged the broker's session sends again.
   */
  function openConnection(onReady: () => void): void {
    const connection = connect(options.url, connectOptions(options, limits));
    client = connection;
    connection.handleMessage = (packet, next) => {
      take(connection, packet);
      // With an error mqtt.js goes on to the next packet without sending an acknowledgement: `take` sends it later.
      if (packet.qos === 1) next(new Error("acknowledged when consumed"));
      else next();
    };
    connection.on("connect", () => {
      connection.subscribe(SHARED_SUBSCRIPTIONS, { qos: 1 }, (error, granted) => {
        if (error || granted?.some(({ qos }) => qos > 1)) {
          connection.end(true);
          return;
        }
        failures = 0;
        isReady = true;
        count("connected");
        onReady();
      });
    });
    // The connection always closes after an error; that is where it is dealt with.
    connection.on("error", () => {});
    connection.once("close", () => {
      if (isReady) count("connection-lost");
      isReady = false;
      connection.end(true);
      for (const fail of inDoubt) fail(new BrokerUnavailableError("the connection to the broker was lost"));
      if (isStopping) return;
      // Full jitter: the servers of an installation lose the broker together.
      const ceilingMs = Math.min(limits.longestReconnectMs, FIRST_RECONNECT_MS * 2 ** Math.min(failures, 16));
      failures += 1;
      reconnectTimer = clock.setTimer(ceilingMs * options.random(), () => openConnection(onReady));
    });
  }

  function take(connection: MqttClient, packet: IPublishPacket): void {
    const acknowledge = () => {
      if (
        packet.qos !== 1 ||
        packet.messageId === undefined ||
        connection !== client ||
        !connection.connected
      )
        return;
      // PUBACK with reason code 0 (MQTT 5 §3.4.2.1) is the same four bytes as in 3.1.1.
      connection.stream.write(Buffer.of(0x40, 2, packet.messageId >> 8, packet.messageId & 255));
    };
    const topic = parseTopic(packet.topic);
    const payload = Uint8Array.from(packet.payload as Uint8Array);
    const refusal = refusalOf(packet, topic?.channel, payload.length);
    if (refusal || !topic || topic.channel === "d") {
      count(refusal ?? "refused-topic");
      acknowledge();
      return;
    }
    const message: UplinkMessage = {
      chipId: topic.chipId,
      channel: topic.channel,
      payload,
      receivedAtMs: clock.nowMs(),
    };
    lanes
      ?.push(message, () => connection === client)
      .then((isConsumed) => {
        if (isConsumed) acknowledge();
      });
  }

  return {
    async start(consume) {
      const { receiveMaximum: maxInFlight } = limits;
      lanes = new UplinkLanes({
        consume,
        clock,
        count,
        random: options.random,
        maxInFlight,
        maxAttempts: Number.POSITIVE_INFINITY,
      });
      // A broker that is away must not keep the server from starting: it connects later, `isHealthy` tells.
      await new Promise<void>((resolve) => {
        const patience = clock.setTimer(limits.connectTimeoutMs, resolve);
        openConnection(() => {
          patience.cancel();
          resolve();
        });
      });
    },
    publish: (chipId: ChipId, payload: Uint8Array) =>
      new Promise<void>((resolve, reject) => {
        if (!client || !isReady) {
          count("undelivered");
          return reject(new BrokerUnavailableError("the broker is not connected"));
        }
        const settle = (error?: Error) => {
          timer.cancel();
          if (!inDoubt.delete(fail)) return;
          if (error) count("undelivered");
          if (error) reject(error);
          else resolve();
        };
        const fail = (error: Error) => settle(error);
        inDoubt.add(fail);
        const timer = clock.setTimer(limits.publishTimeoutMs, () =>
          settle(new BrokerUnavailableError("the broker did not answer in time")),
        );
        client.publish(topicOf(chipId, "d"), Buffer.from(payload), { qos: 1 }, (error) =>
          settle(error ? new BrokerUnavailableError(error.message, { cause: error }) : undefined),
        );
      }),
    isHealthy: () => isReady,
    async stop() {
      isStopping = true;
      reconnectTimer?.cancel();
      const held = lanes;
      lanes = undefined;
      await held?.stop();
      isReady = false;
      const connection = client;
      client = undefined;
      // DISCONNECT leaves the session at the broker: what arrives meanwhile waits there for the next start.
      if (connection) await connection.endAsync(!connection.connected);
    },
  };
}

function refusalOf(packet: IPublishPacket, channel: string | undefined, bytes: number) {
  if (!channel || channel === "d") return "refused-topic";
  if (packet.qos !== 1) return "refused-qos";
  if (packet.retain) return "refused-retain";
  if (bytes > MAX_UPLINK_BYTES) return "refused-size";
  return undefined;
}

function connectOptions(options: ExternalBrokerOptions, limits: ExternalBrokerLimits): IClientOptions {
  return {
    protocolVersion: 5,
    clientId: options.clientId,
    clean: false,
    cert: options.tls.certificatePem,
    key: options.tls.keyPem,
    ca: options.tls.caCertificatePem,
    rejectUnauthorized: true,
    keepalive: limits.keepaliveSeconds,
    connectTimeout: limits.connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    properties: {
      receiveMaximum: limits.receiveMaximum,
      sessionExpiryInterval: limits.sessionExpirySeconds,
    },
  };
}
