import { equal, ok } from "node:assert/strict";
import { topicOf } from "@hanyouxu/protocol";
import { type BrokerFact, closeOf, fact, textOf, until } from "./conformance-bench.ts";

/** What happens when a part fails: consumer, platform, broker, chip. */
export const failureFacts: readonly BrokerFact[] = [
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
