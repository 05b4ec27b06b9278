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

interface Attempt {
  client: MqttClient;
  /** Its end has been reported, or nobody wants to hear of it any more. */
  isOver: boolean;
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
  let current: Attempt | undefined;

  function open(will: Uint8Array, listener: LinkListener): void {
    leave();
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
    const attempt: Attempt = { client, isOver: false };
    current = attempt;
    const fail = () => {
      if (attempt.isOver) return;
      leave();
      listener.onDown();
    };
    client.on("connect", () => {
      client.subscribe(downlinkTopic, { qos: 1 }, (error, granted) => {
        if (attempt.isOver) return;
        if (error || granted?.[0]?.qos === 128) fail();
        else listener.onUp();
      });
    });
    client.on("message", (topic, payload) => {
      if (!attempt.isOver && topic === downlinkTopic) listener.onDownlink(new Uint8Array(payload));
    });
    client.on("error", fail);
    client.on("close", fail);
  }

  /** Ends what there is without a word to the listener. */
  function leave(): void {
    if (!current) return;
    current.isOver = true;
    current.client.end(true);
    current = undefined;
  }

  return {
    open,
    publish(channel, bytes) {
      if (!current?.client.connected) return;
      current.client.publish(topicOf(chipId, channel), Buffer.from(bytes), { qos: 1 });
    },
    close() {
      if (!current) return Promise.resolve();
      const { client } = current;
      current.isOver = true;
      current = undefined;
      return sayGoodbye(client);
    },
    abort() {
      current?.client.stream.destroy();
      leave();
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
