import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { type ChipId, type Clock, topicOf } from "@hanyouxu/protocol";
import { type Broker, type CountBrokerEvent, MAX_PACKET_BYTES } from "./broker.ts";
import { ChipAccess, type ChipConnection } from "./chip-access.ts";
import { ChipAedes, containParser } from "./chip-aedes.ts";
import { chipOfPeer } from "./chip-identity.ts";
import { connectionGate } from "./connection-gate.ts";
import { FrameGuard } from "./frame-guard.ts";
import { TokenBucket } from "./token-bucket.ts";
import { UplinkLanes } from "./uplink-lanes.ts";

export interface EmbeddedBrokerOptions {
  host: string;
  /** 0 lets the system choose; `port` of the started broker tells which. */
  port: number;
  /** PEM: the listener's identity and the authority whose chips may connect. */
  tls: { certificatePem: string; keyPem: string; caCertificatePem: string };
  clock: Clock;
  /** In [0, 1): spreads retries. */
  random: () => number;
  count: CountBrokerEvent;
  /** Asked at every connection and message, so it must be quick: false for a revoked or unknown chip. */
  isChipAllowed: (chipId: ChipId) => boolean;
  limits?: Partial<EmbeddedBrokerLimits>;
}

export interface EmbeddedBrokerLimits {
  /** Sockets, also those that wait for their handshake; below the file limit of one process. */
  maxConnections: number;
  handshakesPerSecond: number;
  handshakeBurst: number;
  connectTimeoutMs: number;
  /** A chip that does not read for so long is disconnected. */
  drainTimeoutMs: number;
  /** A chip that asks for no or a longer keepalive gets this one, so that dead connections end. */
  maxKeepaliveSeconds: number;
  messagesPerSecond: number;
  messageBurst: number;
  /** Pings, subscriptions and the like. */
  otherPacketsPerSecond: number;
  otherPacketBurst: number;
  maxInFlight: number;
  /** Attempts to hand a message to the consumer before its chip is disconnected to try again later. */
  maxAttempts: number;
}

export interface EmbeddedBroker extends Broker {
  readonly port: number;
  readonly connectedChips: number;
  /** Ends a chip's connection, for one that was revoked. */
  disconnect(chipId: ChipId): void;
}

const defaultLimits: EmbeddedBrokerLimits = {
  maxConnections: 15_000,
  handshakesPerSecond: 300,
  handshakeBurst: 600,
  connectTimeoutMs: 10_000,
  drainTimeoutMs: 1000,
  maxKeepaliveSeconds: 1200,
  messagesPerSecond: 50,
  messageBurst: 200,
  otherPacketsPerSecond: 5,
  otherPacketBurst: 30,
  maxInFlight: 2048,
  maxAttempts: 8,
};

const UNHEALTHY_BACKLOG = 10_000;

/** An MQTT 3.1.1 broker in this process, for chips only: Aedes behind mutual TLS. */
export function embeddedBroker(options: EmbeddedBrokerOptions): EmbeddedBroker {
  const { clock, count } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const chipOfSocket = new WeakMap<object, ChipId>();
  const connections = new Map<ChipId, ChipConnection>();
  const sockets = new Set<Socket>();
  let lanes: UplinkLanes | undefined;
  let isListening = false;

  const access = new ChipAccess({
    ...limits,
    clock,
    count,
    isChipAllowed: options.isChipAllowed,
    chipOf: (connection) => chipOfSocket.get(connection),
    lanes: () => lanes,
  });
  const aedes = new ChipAedes({
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
    maxTopicLevels: 3,
    maxInflightInbound: 1,
    preConnect: access.preConnect,
    authenticate: access.authenticate,
    authorizePublish: access.authorizePublish,
    authorizeSubscribe: access.authorizeSubscribe,
  });
  // `client` comes before CONNACK, `clientReady` some time after it: whoever was told "subscribed" must be found.
  aedes.on("client", (client) => {
    const connection = access.connectionOf(client);
    if (!connection) return;
    connections.set(connection.chipId, connection);
    count("connected");
  });
  aedes.on("clientDisconnect", (client) => {
    const connection = access.connectionOf(client);
    if (!connection) return;
    if (connections.get(connection.chipId) === connection) connections.delete(connection.chipId);
    count("disconnected");
  });
  aedes.on("subscribe", (subscriptions, client) => {
    const topics = subscriptions.map(({ topic }) => topic);
    access.markSubscribed(client, topics, true);
  });
  aedes.on("unsubscribe", (topics, client) => access.markSubscribed(client, topics, false));
  aedes.on("clientError", () => count("connection-lost"));
  aedes.on("connectionError", () => count("protocol-error"));
  // Only the in-memory store could fail; the chips concerned are served again when they reconnect.
  (aedes as NodeJS.EventEmitter).on("error", () => count("connection-lost"));

  const tls = createTlsServer({
    cert: options.tls.certificatePem,
    key: options.tls.keyPem,
    ca: options.tls.caCertificatePem,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    handshakeTimeout: limits.connectTimeoutMs,
  });
  tls.on("tlsClientError", (_error, socket) => {
    count("refused-tls");
    socket.destroy();
  });
  tls.on("secureConnection", (socket: TLSSocket) => {
    const chipId = chipOfPeer(socket, clock);
    socket.on("error", () => socket.destroy());
    if (!chipId) {
      count("refused-certificate");
      return socket.destroy();
    }
    chipOfSocket.set(socket, chipId);
    const others = new TokenBucket(clock, limits.otherPacketsPerSecond, limits.otherPacketBurst);
    containParser(aedes.handle(socket), new FrameGuard(MAX_PACKET_BYTES, others), (event) => {
      count(event);
      socket.destroy();
    });
  });

  const gate = connectionGate({
    clock,
    count,
    perSecond: limits.handshakesPerSecond,
    burst: limits.handshakeBurst,
    maxWaiting: limits.handshakesPerSecond * 10,
    maxConnections: limits.maxConnections,
    admit: (socket) => void tls.emit("connection", socket),
  });
  gate.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  return {
    get port() {
      return (gate.address() as AddressInfo).port;
    },
    get connectedChips() {
      return connections.size;
    },
    async start(consume) {
      const { maxInFlight, maxAttempts } = limits;
      lanes = new UplinkLanes({ consume, clock, count, random: options.random, maxInFlight, maxAttempts });
      await aedes.listen();
      gate.listen(options.port, options.host);
      await once(gate, "listening");
      isListening = true;
    },
    publish(chipId, payload) {
      const connection = connections.get(chipId);
      if (!connection?.isSubscribed || connection.client.closed) {
        count("undelivered");
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        // Straight to the one client: it does not pass the bus, so a chip that does not read delays nobody else.
        connection.client.publish(
          {
            cmd: "publish",
            topic: topicOf(chipId, "d"),
            payload: Buffer.from(payload),
            qos: 1,
            retain: false,
            dup: false,
          },
          () => resolve(),
        );
      });
    },
    disconnect(chipId) {
      connections.get(chipId)?.client.close();
    },
    isHealthy: () => isListening && aedes.busBacklog < UNHEALTHY_BACKLOG,
    async stop() {
      if (!isListening) return;
      isListening = false;
      const closed = new Promise((resolve) => gate.close(resolve));
      gate.stopWaiting();
      const held = lanes;
      lanes = undefined;
      await held?.stop();
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
