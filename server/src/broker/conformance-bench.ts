import { ok } from "node:assert/strict";
import { connect as connectTcp } from "node:net";
import { topicOf } from "@hanyouxu/protocol";
import type { MqttClient } from "mqtt";
import type { DeviceAuthority } from "../device-ca/device-authority.ts";
import { type Broker, MAX_UPLINK_BYTES, type UplinkMessage } from "./broker.ts";
import { issueTestChip, type TestChip } from "./test-chip.ts";

/** A broker with its adapter, made for one fact and thrown away. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  /** Where chips connect. */
  readonly url: string;
  /** Stops the adapter and starts another in its place; a consumer that is busy meanwhile fails. */
  restartPlatform(): Promise<void>;
  /** Ends the broker without a word to anybody. */
  crash(): Promise<void>;
  /** Starts it again at the same address, with the same consumer. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

export interface BrokerSetUp {
  authority: DeviceAuthority;
  /** Signs with the same root, two years ago. */
  pastAuthority: DeviceAuthority;
  foreignAuthority: DeviceAuthority;
  /** @param revoked chips that must not be let in. */
  start(
    consume: (message: UplinkMessage) => Promise<void>,
    revoked?: readonly TestChip[],
  ): Promise<BrokerUnderTest>;
}

export interface BrokerFact {
  name: string;
  run(setUp: BrokerSetUp): Promise<void>;
}

export function fact(name: string, run: (bench: Bench) => Promise<void>): BrokerFact {
  return { name, run: (setUp) => withBench(setUp, [], run) };
}

export async function withBench(
  setUp: BrokerSetUp,
  revoked: readonly TestChip[],
  run: (bench: Bench) => Promise<void>,
) {
  const bench = new Bench(setUp);
  bench.underTest = await setUp.start((message) => bench.take(message), revoked);
  try {
    await run(bench);
  } finally {
    for (const client of bench.clients) client.end(true);
    await bench.underTest.stop();
  }
}

/** What every fact needs: chips, what the consumer got, and proof that the broker still serves. */
export class Bench {
  readonly setUp: BrokerSetUp;
  readonly consumed: UplinkMessage[] = [];
  readonly clients: MqttClient[] = [];
  underTest!: BrokerUnderTest;
  taken = 0;
  consume = async (message: UplinkMessage): Promise<void> => void this.consumed.push(message);
  #serviceChips = new Set<string>();

  constructor(setUp: BrokerSetUp) {
    this.setUp = setUp;
  }

  get url(): string {
    return this.underTest.url;
  }

  /** What came although it was refused: nothing of the chips that prove service. */
  get strangers(): string[] {
    const others = this.consumed.filter(({ chipId, payload }) => {
      return !this.#serviceChips.has(chipId) && payload.length !== MAX_UPLINK_BYTES;
    });
    return others.map((message) => `${message.chipId}/${message.channel}`);
  }

  take(message: UplinkMessage): Promise<void> {
    this.taken += 1;
    return this.consume(message);
  }

  async chip(): Promise<TestChip> {
    const chip = await issueTestChip(this.setUp.authority);
    const { connect } = chip;
    chip.connect = async (url, options) => {
      const client = await connect(url, options);
      this.clients.push(client);
      return client;
    };
    return chip;
  }

  /** The chip's downward messages, as text, from now on. */
  async listen(chip: TestChip): Promise<string[]> {
    const received: string[] = [];
    const client = await chip.connect(this.url);
    client.on("message", (_topic, payload) => received.push(payload.toString()));
    await client.subscribeAsync(topicOf(chip.chipId, "d"), { qos: 1 });
    return received;
  }

  /** Publishes something that is not allowed and waits for what becomes of it: ignored, or disconnected. */
  async attempt(
    chip: TestChip,
    topic: string,
    options: { qos: 0 | 1 | 2; retain?: boolean } = { qos: 1 },
    payload: Buffer = Buffer.from("forged"),
  ): Promise<void> {
    const client = await chip.connect(this.url);
    const closed = closeOf(client);
    const published = client.publishAsync(topic, payload, options);
    // Whoever is not cut off at once gets an acknowledgement for what was dropped, or an answer to a ping.
    const pinged = new Promise<void>((resolve) => {
      client.on("packetreceive", (packet) => packet.cmd === "pingresp" && resolve());
    });
    if (options.qos === 0) client.sendPing();
    await Promise.race([closed, options.qos === 0 ? pinged : published.catch(() => closed)]);
    await client.endAsync(true);
  }

  /** A chip that was not there before connects, is heard and hears. */
  async expectService(): Promise<void> {
    const chip = await this.chip();
    this.#serviceChips.add(chip.chipId);
    const received = await this.listen(chip);
    const client = this.clients.at(-1)!;
    await client.publishAsync(topicOf(chip.chipId, "e"), "served", { qos: 1 });
    await until("the consumer has it", () => this.consumed.some(({ chipId }) => chipId === chip.chipId));
    await this.underTest.broker.publish(chip.chipId, Buffer.from("heard"));
    await until("the chip has it", () => received.length === 1);
    ok(this.underTest.broker.isHealthy());
  }
}

export const textOf = (message: UplinkMessage) => Buffer.from(message.payload).toString();

/** CONNECT (MQTT 3.1.1 §3.1) with a clean session and no keepalive. */
export function mqttConnect(clientId: string): Buffer {
  const body = Buffer.concat([Buffer.from("\0\x04MQTT\x04\x02\0\0\0", "latin1"), Buffer.of(clientId.length)]);
  return Buffer.concat([Buffer.of(0x10, body.length + clientId.length), body, Buffer.from(clientId)]);
}

export async function sendPlain(url: string, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connectTcp(Number(port), hostname);
  socket.on("error", () => {});
  const closed = closeOf(socket);
  socket.end(bytes);
  socket.resume();
  await closed;
}

/** Unlike `events.once`, an error before the close is no failure. */
export function closeOf(source: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => source.once("close", resolve));
}

const PATIENCE_MS = 15_000;

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
