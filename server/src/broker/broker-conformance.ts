import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { connect as connectTcp } from "node:net";
import { topicOf } from "@hanyouxu/protocol";
import type { IClientOptions, MqttClient } from "mqtt";
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

/** Both adapters pass this. The test runner is the caller's: a fact throws when it does not hold. */
export const brokerConformance: readonly BrokerFact[] = [
  fact("a chip's messages on all three channels reach the consumer under its id", async (bench) => {
    const chip = await bench.chip();
    const client = await chip.connect(bench.url);
    for (const channel of ["t", "e", "a"] as const) {
      await client.publishAsync(topicOf(chip.chipId, channel), Buffer.of(1, 2, channel.charCodeAt(0)), {
        qos: 1,
      });
    }
    await until("all have come", () => bench.consumed.length >= 3);
    deepEqual(
      bench.consumed.map(({ chipId, channel, payload }) => [chipId, channel, [...payload]]),
      ["t", "e", "a"].map((channel) => [chip.chipId, channel, [1, 2, channel.charCodeAt(0)]]),
    );
  }),

  fact("messages of one chip reach the consumer in the order sent, one at a time", async (bench) => {
    let busy = 0;
    bench.consume = async (message) => {
      busy += 1;
      equal(busy, 1);
      await new Promise(setImmediate);
      busy -= 1;
      bench.consumed.push(message);
    };
    const chip = await bench.chip();
    const client = await chip.connect(bench.url);
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(
      numbers.map((number) => client.publishAsync(topicOf(chip.chipId, "e"), String(number), { qos: 1 })),
    );
    await until("all have come", () => bench.consumed.length >= numbers.length);
    deepEqual(bench.consumed.map(textOf), numbers.map(String));
  }),

  fact("what the consumer was not done with when the platform stopped comes again", async (bench) => {
    const death = Promise.withResolvers<void>();
    bench.consume = () => death.promise;
    const chip = await bench.chip();
    const client = await chip.connect(bench.url, { reconnectPeriod: 50 });
    const published = client.publishAsync(topicOf(chip.chipId, "e"), "held", { qos: 1 });
    await until("the consumer has it", () => bench.taken === 1);
    const restarted = bench.underTest.restartPlatform();
    death.reject(new Error("the platform died before it was durable"));
    bench.consume = async (message) => void bench.consumed.push(message);
    await restarted;
    await until("it came again", () => bench.consumed.some((message) => textOf(message) === "held"));
    await published;
  }),

  fact("a message that the consumer fails on is handed over again until it succeeds", async (bench) => {
    let failures = 0;
    bench.consume = async (message) => {
      if (failures++ < 3) throw new Error("the database is away");
      bench.consumed.push(message);
    };
    const chip = await bench.chip();
    const client = await chip.connect(bench.url);
    await client.publishAsync(topicOf(chip.chipId, "e"), "once more", { qos: 1 });
    await until("it was consumed", () => bench.consumed.length === 1);
    equal(failures, 4);
  }),

  fact("one chip's failing message does not hold up another chip", async (bench) => {
    const [stuck, free] = [await bench.chip(), await bench.chip()];
    bench.consume = async (message) => {
      if (message.chipId === stuck.chipId) throw new Error("cannot store this");
      bench.consumed.push(message);
    };
    const [first, second] = [await stuck.connect(bench.url), await free.connect(bench.url)];
    first.publish(topicOf(stuck.chipId, "e"), "stuck", { qos: 1 }, () => {});
    await until("it was tried", () => bench.taken > 0);
    await second.publishAsync(topicOf(free.chipId, "e"), "through", { qos: 1 });
    await until("the other came through", () => bench.consumed.length === 1);
    bench.consume = async (message) => void bench.consumed.push(message);
  }),

  fact("a downward message reaches the chip it is for, and no other", async (bench) => {
    const [chip, other] = [await bench.chip(), await bench.chip()];
    const received = await bench.listen(chip);
    const overheard = await bench.listen(other);
    await bench.underTest.broker.publish(chip.chipId, Buffer.from("grant"));
    await until("it arrived", () => received.length === 1);
    await bench.underTest.broker.publish(other.chipId, Buffer.from("lock"));
    await until("the other's arrived", () => overheard.length === 1);
    deepEqual([received, overheard], [["grant"], ["lock"]]);
  }),

  fact("a message for a chip that is away holds nobody up and is not kept", async (bench) => {
    const chip = await bench.chip();
    await bench.underTest.broker.publish(chip.chipId, Buffer.from("too early"));
    const received = await bench.listen(chip);
    await bench.underTest.broker.publish(chip.chipId, Buffer.from("now"));
    await until("it arrived", () => received.length > 0);
    deepEqual(received, ["now"]);
  }),

  fact("a chip cannot speak for another or on the downward channel", async (bench) => {
    const [victim, attacker] = [await bench.chip(), await bench.chip()];
    const received = await bench.listen(victim);
    const own = topicOf(attacker.chipId, "t");
    const topics = [
      topicOf(victim.chipId, "t"),
      topicOf(victim.chipId, "d"),
      topicOf(attacker.chipId, "d"),
      `${own}/more`,
      own.toUpperCase(),
      "t",
      "$SYS/broker/uptime",
      "$share/hanyouxu/hy1/x/t",
    ];
    for (const topic of topics) await bench.attempt(attacker, topic);
    await bench.underTest.broker.publish(victim.chipId, Buffer.from("genuine"));
    await until("the genuine one arrived", () => received.length > 0);
    deepEqual(received, ["genuine"]);
    await bench.expectService();
    deepEqual(bench.strangers, []);
  }),

  fact("a chip that subscribes to others' topics hears nothing of them", async (bench) => {
    const [victim, attacker] = [await bench.chip(), await bench.chip()];
    const received = await bench.listen(victim);
    const filters = [
      "#",
      "hy1/+/d",
      "hy1/#",
      topicOf(victim.chipId, "d"),
      topicOf(victim.chipId, "t"),
      "+/+/+",
    ];
    const shared = filters.map((filter) => `$share/x/${filter}`);
    const overheard: string[] = [];
    for (const filter of [...filters, ...shared]) {
      const client = await attacker.connect(bench.url);
      client.on("message", (topic) => overheard.push(topic));
      await client.subscribeAsync(filter, { qos: 1 }).catch(() => {});
      await bench.underTest.broker.publish(victim.chipId, Buffer.from(filter));
      await until("the victim has it", () => received.includes(filter));
      await client.endAsync(true);
    }
    deepEqual(overheard, []);
  }),

  fact("QoS 0, QoS 2 and retained messages are not taken", async (bench) => {
    const chip = await bench.chip();
    const topic = topicOf(chip.chipId, "t");
    for (const options of [{ qos: 0 }, { qos: 2 }, { qos: 1, retain: true }] as const) {
      await bench.attempt(chip, topic, options);
    }
    await bench.expectService();
    deepEqual(bench.strangers, []);
  }),

  fact("a payload of the limit is taken, one byte more is not", async (bench) => {
    const chip = await bench.chip();
    const client = await chip.connect(bench.url);
    await client.publishAsync(topicOf(chip.chipId, "e"), Buffer.alloc(MAX_UPLINK_BYTES, 7), { qos: 1 });
    await until("it came", () => bench.consumed.length === 1);
    await client.endAsync();
    await bench.attempt(chip, topicOf(chip.chipId, "e"), { qos: 1 }, Buffer.alloc(MAX_UPLINK_BYTES + 1, 7));
    await bench.expectService();
    deepEqual(bench.strangers, []);
  }),

  fact("a packet that announces more than the limit ends its connection before it is read", async (bench) => {
    const chip = await bench.chip();
    const socket = await chip.openTls(bench.url);
    const closed = closeOf(socket);
    socket.on("error", () => {});
    socket.write(mqttConnect(chip.chipId));
    // PUBLISH, QoS 1, 256 MB: MQTT 3.1.1 §2.2.3.
    socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]));
    socket.write(Buffer.alloc(64 * 1024));
    socket.resume();
    await closed;
    await bench.expectService();
  }),

  fact("garbage on the socket, encrypted or not, disturbs nobody", async (bench) => {
    const chip = await bench.chip();
    const steady = await bench.chip();
    const client = await steady.connect(bench.url);
    for (let round = 0; round < 30; round++) {
      const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(200)));
      const socket = await chip.openTls(bench.url);
      socket.on("error", () => {});
      const closed = closeOf(socket);
      if (round % 2) socket.write(mqttConnect(chip.chipId));
      socket.end(bytes);
      socket.resume();
      await closed;
      await sendPlain(bench.url, bytes);
      await client.publishAsync(topicOf(steady.chipId, "t"), "steady", { qos: 1 });
    }
    await until(
      "all came",
      () => bench.consumed.filter((message) => textOf(message) === "steady").length === 30,
    );
  }),

  fact("a certificate of another authority, an expired one, and none are refused", async (bench) => {
    const { authority, foreignAuthority, pastAuthority } = bench.setUp;
    const foreign = await issueTestChip(foreignAuthority, authority.caCertificatePem);
    const expired = await issueTestChip(pastAuthority);
    await rejects(foreign.connect(bench.url));
    await rejects(expired.connect(bench.url));
    const chip = await bench.chip();
    const none: IClientOptions = { cert: "", key: "" };
    await rejects(chip.connect(bench.url, none));
    await bench.expectService();
  }),

  {
    name: "a revoked chip is refused, others are not",
    async run(setUp) {
      const revoked = await issueTestChip(setUp.authority);
      await withBench(setUp, [revoked], async (bench) => {
        await rejects(revoked.connect(bench.url));
        await bench.expectService();
      });
    },
  },

  fact("a chip that gives another's client id does not take its place", async (bench) => {
    const [victim, attacker] = [await bench.chip(), await bench.chip()];
    const received = await bench.listen(victim);
    await attacker.connect(bench.url, { clientId: victim.chipId }).catch(() => {});
    await bench.underTest.broker.publish(victim.chipId, Buffer.from("still there"));
    await until("it arrived", () => received.length === 1);
  }),

  fact("a chip that connects again takes over from its old connection", async (bench) => {
    const chip = await bench.chip();
    const old = await chip.connect(bench.url);
    const closed = closeOf(old);
    const received = await bench.listen(chip);
    await closed;
    await bench.underTest.broker.publish(chip.chipId, Buffer.from("new"));
    await until("it arrived", () => received.length === 1);
  }),

  fact("the will of a chip whose connection broke reaches the consumer", async (bench) => {
    const chip = await bench.chip();
    const will = {
      topic: topicOf(chip.chipId, "a"),
      payload: Buffer.from("gone"),
      qos: 1,
      retain: false,
    } as const;
    const client = await chip.connect(bench.url, { will });
    client.stream.destroy();
    await until("it came", () => bench.consumed.some((message) => textOf(message) === "gone"));
  }),

  fact("chips and platform find each other again after the broker was killed", async (bench) => {
    const chip = await bench.chip();
    const client = await chip.connect(bench.url, { reconnectPeriod: 50 });
    const received: string[] = [];
    client.on("message", (_topic, payload) => received.push(payload.toString()));
    await client.subscribeAsync(topicOf(chip.chipId, "d"), { qos: 1 });
    await bench.underTest.crash();
    await bench.underTest.recover();
    // A broker that was killed has forgotten the platform's session: what it acknowledges before the platform is back
    // goes nowhere. Chips repeat until the platform itself acknowledges.
    await until("the platform hears the chip", async () => {
      await client.publishAsync(topicOf(chip.chipId, "e"), "kept by the chip", { qos: 1 });
      return bench.consumed.length > 0;
    });
    await until("the platform is back", () => bench.underTest.broker.isHealthy());
    await until("the chip hears the platform", async () => {
      await bench.underTest.broker.publish(chip.chipId, Buffer.from("hello again")).catch(() => {});
      return received.length > 0;
    });
    await client.endAsync(true);
  }),

  fact("a chip that does not read its socket holds up no other", async (bench) => {
    const [frozen, lively] = [await bench.chip(), await bench.chip()];
    const stalled = await frozen.connect(bench.url);
    await stalled.subscribeAsync(topicOf(frozen.chipId, "d"), { qos: 1 });
    const received = await bench.listen(lively);
    stalled.stream.pause();
    const { broker } = bench.underTest;
    const flood = Array.from({ length: 3000 }, () =>
      broker.publish(frozen.chipId, Buffer.alloc(4000)).catch(() => {}),
    );
    const startedMs = performance.now();
    for (let number = 0; number < 20; number++)
      await broker.publish(lively.chipId, Buffer.from(String(number)));
    await until("the other has all", () => received.length === 20);
    ok(performance.now() - startedMs < 5_000, "the other chip waited for the frozen one");
    await Promise.all(flood);
    stalled.end(true);
  }),

  fact("a flood that breaks off leaves the broker serving", async (bench) => {
    const flooders = await Promise.all(Array.from({ length: 10 }, () => bench.chip()));
    const clients = await Promise.all(flooders.map((chip) => chip.connect(bench.url)));
    for (const [index, client] of clients.entries()) {
      const topic = topicOf(flooders[index]!.chipId, "t");
      for (let number = 0; number < 1000; number++) client.publish(topic, "flood", { qos: 1 }, () => {});
    }
    await until("the flood is under way", () => bench.taken > 100);
    for (const client of clients) client.end(true);
    await bench.expectService();
  }),
];

function fact(name: string, run: (bench: Bench) => Promise<void>): BrokerFact {
  return { name, run: (setUp) => withBench(setUp, [], run) };
}

async function withBench(
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
class Bench {
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

const textOf = (message: UplinkMessage) => Buffer.from(message.payload).toString();

/** CONNECT (MQTT 3.1.1 §3.1) with a clean session and no keepalive. */
function mqttConnect(clientId: string): Buffer {
  const body = Buffer.concat([Buffer.from("\0\x04MQTT\x04\x02\0\0\0", "latin1"), Buffer.of(clientId.length)]);
  return Buffer.concat([Buffer.of(0x10, body.length + clientId.length), body, Buffer.from(clientId)]);
}

async function sendPlain(url: string, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connectTcp(Number(port), hostname);
  socket.on("error", () => {});
  const closed = closeOf(socket);
  socket.end(bytes);
  socket.resume();
  await closed;
}

/** Unlike `events.once`, an error before the close is no failure. */
function closeOf(source: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => source.once("close", resolve));
}

const PATIENCE_MS = 15_000;

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
