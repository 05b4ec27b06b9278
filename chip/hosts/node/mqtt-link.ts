import { createSecureContext } from "node:tls";
import type { ChipLink, LinkListener } from "@hanyouxu/chip";
import { type ChipId, topicOf } from "@hanyouxu/protocol";
import { connect, type MqttClient } from "mqtt";

const GOODBYE_WITHIN_MS = 2_000;

export interface MqttLinkOptions {
  chipId: ChipId;
  /** mqtts://host:port */
  brokerUrl: string;
  privateKeyPem: string;
  certificatePem: string;
  caPem: string;
  keepaliveSeconds?: number;
  connectTimeoutMs?: number;
}

/**
 * MQTT 3.1.1 over mutual TLS: clientId is the chip id, the session is clean, the will says that the chip is gone. One
 * client per attempt: when to try again is the chip's program's decision.
 */
export function createMqttLink(options: MqttLinkOptions): ChipLink {
  const { chipId, keepaliveSeconds = 45, connectTimeoutMs = 15_000 } = options;
  const downlinkTopic = topicOf(chipId, "d");
  // Made once: reading keys and certificates anew for every attempt is what a reconnecting fleet would spend its time on.
  const secureContext = createSecureContext({
    key: options.privateKeyPem,
    cert: options.certificatePem,
    ca: options.caPem,
    minVersion: "TLSv1.2",
  });
  const tls = { secureContext, rejectUnauthorized: true };
  let current: { client: MqttClient; leave(): void } | undefined;

  function open(will: Uint8Array, listener: LinkListener): void {
    current?.leave();
    const client = connect(options.brokerUrl, {
      protocolVersion: 4,
      clientId: chipId,
      clean: true,
      keepalive: keepaliveSeconds,
      reconnectPeriod: 0,
      connectTimeout: connectTimeoutMs,
      resubscribe: false,
      queueQoSZero: false,
      ...tls,
      will: { topic: topicOf(chipId, "a"), payload: Buffer.from(will), qos: 1, retain: false },
    });
    let isOver = false;
    const end = (report: boolean) => {
      if (isOver) return;
      isOver = true;
      if (current?.client === client) current = undefined;
      client.end(true);
      if (report) listener.onDown();
    };
    current = { client, leave: () => end(false) };
    client.on("connect", () => {
      client.subscribe(downlinkTopic, { qos: 1 }, (error, granted) => {
        if (isOver) return;
        if (error || granted?.[0]?.qos === 128) end(true);
        else listener.onUp();
      });
    });
    client.on("message", (topic, payload) => {
      if (!isOver && topic === downlinkTopic) listener.onDownlink(new Uint8Array(payload));
    });
    client.on("error", () => end(true));
    client.on("close", () => end(true));
  }

  return {
    open,
    publish(channel, bytes) {
      current?.client.publish(topicOf(chipId, channel), Buffer.from(bytes), { qos: 1 });
    },
    close() {
      const leaving = current;
      current = undefined;
      return leaving ? sayGoodbye(leaving.client) : Promise.resolve();
    },
    abort() {
      const leaving = current;
      leaving?.client.stream.destroy();
      leaving?.leave();
    },
  };
}

/** Waits for what was published to be taken, but not for a broker that no longer answers. */
function sayGoodbye(client: MqttClient): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => client.end(true, {}, () => resolve()), GOODBYE_WITHIN_MS);
    client.end(false, {}, () => {
      clearTimeout(patience);
      resolve();
    });
  });
}
