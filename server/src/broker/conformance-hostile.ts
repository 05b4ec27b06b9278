import { deepEqual, rejects } from "node:assert/strict";
import { topicOf } from "@hanyouxu/protocol";
import type { IClientOptions } from "mqtt";
import { MAX_UPLINK_BYTES } from "./broker.ts";
import {
  type BrokerFact,
  closeOf,
  fact,
  mqttConnect,
  sendPlain,
  textOf,
  until,
  withBench,
} from "./conformance-bench.ts";
import { issueTestChip } from "./test-chip.ts";

/** What a chip, or a stranger, may not do, and that it disturbs nobody. */
export const hostileFacts: readonly BrokerFact[] = [
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
];
