import { deepEqual, equal } from "node:assert/strict";
import { topicOf } from "@hanyouxu/protocol";
import { type BrokerFact, fact, textOf, until } from "./conformance-bench.ts";

/** What a broker carries, in which order and to whom. */
export const trafficFacts: readonly BrokerFact[] = [
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
];
