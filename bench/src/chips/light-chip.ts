import {
  type ChipId,
  type EventDataByKind,
  type EventKind,
  encodeTelemetry,
  topicOf,
} from "@hanyouxu/protocol";
import type { ChipIdentity, DemoMachine } from "@hanyouxu/simulator";
import { SAMPLE } from "../example-frames.ts";
import { LeanMqttClient } from "../peers/lean-mqtt-client.ts";
import { EventLog } from "./event-log.ts";

/**
 * The radio side of a chip and nothing else: its own key and certificate, its own topics, true frames. A load of
 * thousands must cost less than what it loads.
 */
export class LightChip {
  readonly #client: LeanMqttClient;
  readonly machineId: string;
  readonly #topic: string;
  readonly #eventTopic: string;
  readonly #events = new EventLog();
  readonly #position: NonNullable<typeof SAMPLE.position>;
  readonly #startedMs = Date.now();
  #batch = 0;

  private constructor(client: LeanMqttClient, chipId: ChipId, { home, machineId }: DemoMachine) {
    this.#client = client;
    this.machineId = machineId;
    this.#topic = topicOf(chipId, "t");
    this.#eventTopic = topicOf(chipId, "e");
    this.#position = {
      latitudeE7: Math.round(home.latitudeDegrees * 1e7),
      longitudeE7: Math.round(home.longitudeDegrees * 1e7),
      accuracyDecimetres: 45,
    };
  }

  static async connect({ keys, enrolment }: ChipIdentity, machine: DemoMachine): Promise<LightChip> {
    const client = await LeanMqttClient.connect({
      port: Number(new URL(enrolment.brokerUrl).port),
      tls: {
        caCertificatePem: enrolment.caPem,
        certificatePem: enrolment.certificatePem,
        keyPem: keys.privateKeyPem,
      },
      clientId: keys.chipId,
    });
    await client.subscribe(topicOf(keys.chipId, "d"));
    return new LightChip(client, keys.chipId, machine);
  }

  /** Sends one batch. Resolves when the broker has acknowledged it. */
  send(samples: number): Promise<void> {
    const nowMs = Date.now();
    const idle = { ...SAMPLE.flags, relayClosed: false, arcOn: false };
    const frame = encodeTelemetry({
      boot: 1,
      batch: ++this.#batch,
      uptimeMs: nowMs - this.#startedMs,
      clockMs: nowMs,
      clockTrust: "verified",
      stateVersion: 1,
      samples: Array.from({ length: samples }, (_, index) => ({
        ...SAMPLE,
        offsetMs: index * 1000,
        position: this.#position,
        arcCurrentDeciamps: this.#batch % 7,
        flags: idle,
      })),
    });
    return this.#client.publish(this.#topic, frame);
  }

  /** Sends an event. Resolves when the broker has acknowledged it: with the embedded one, when it is durable. */
  tell<Kind extends EventKind>(kind: Kind, data: EventDataByKind[Kind]): Promise<void> {
    return this.#client.publish(this.#eventTopic, this.#events.next(kind, data));
  }

  end(): void {
    this.#client.end();
  }
}
