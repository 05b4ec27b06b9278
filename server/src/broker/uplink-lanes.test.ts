import { type ChipId, VirtualClock } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import type { BrokerEvent, UplinkMessage } from "./broker.ts";
import { TokenBucket } from "./token-bucket.ts";
import { UplinkLanes } from "./uplink-lanes.ts";

const chip = (letter: string) => letter.repeat(16) as ChipId;
const message = (from: ChipId, number: number): UplinkMessage => ({
  chipId: from,
  channel: "t",
  payload: Uint8Array.of(number),
  receivedAtMs: 0,
});
const wanted = () => true;

/** Lets everything run that waits for no timer. */
const settle = () => new Promise(setImmediate);

function lanesWith(consume: (message: UplinkMessage) => Promise<void>, limits = {}) {
  const clock = new VirtualClock(0);
  const events: BrokerEvent[] = [];
  const lanes = new UplinkLanes({
    consume,
    clock,
    count: (event) => events.push(event),
    maxInFlight: 10,
    maxAttempts: 3,
    random: () => 1,
    ...limits,
  });
  return { clock, events, lanes };
}

describe("the uplink lanes", () => {
  it("hold a chip's second message until the first is consumed, and let another chip pass", async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const { lanes } = lanesWith(async ({ chipId, payload }) => {
      order.push(`${chipId[0]}${payload[0]}`);
      if (payload[0] === 1) await gate.promise;
    });
    const pushed = [1, 2].map((number) => lanes.push(message(chip("a"), number), wanted));
    await lanes.push(message(chip("b"), 3), wanted);
    expect(order).toEqual(["a1", "b3"]);
    gate.resolve();
    expect(await Promise.all(pushed)).toEqual([true, true]);
    expect(order).toEqual(["a1", "b3", "a2"]);
    expect(lanes.queued).toBe(0);
  });

  it("try a failing message again with growing pauses, then give it up", async () => {
    const attemptsAtMs: number[] = [];
    const { lanes, clock, events } = lanesWith(async () => {
      attemptsAtMs.push(clock.nowMs());
      throw new Error("away");
    });
    const pushed = lanes.push(message(chip("a"), 1), wanted);
    for (let step = 0; step < 5; step++) {
      await settle();
      clock.advance(100);
    }
    expect(await pushed).toBe(false);
    expect(attemptsAtMs).toEqual([0, 100, 300]);
    expect(events).toEqual(["consumer-failed", "consumer-failed", "consumer-failed", "abandoned"]);
  });

  it("never give the consumer more than it may hold", async () => {
    let held = 0;
    let most = 0;
    const { lanes } = lanesWith(
      async () => {
        held += 1;
        most = Math.max(most, held);
        await settle();
        held -= 1;
      },
      { maxInFlight: 3 },
    );
    const letters = [..."abcdefghijkl"];
    const results = await Promise.all(letters.map((letter) => lanes.push(message(chip(letter), 1), wanted)));
    expect(results.every(Boolean)).toBe(true);
    expect(most).toBe(3);
  });

  it("drop what nobody waits for any more", async () => {
    let consumed = 0;
    const { lanes } = lanesWith(async () => void consumed++);
    expect(await lanes.push(message(chip("a"), 1), () => false)).toBe(false);
    expect(consumed).toBe(0);
  });

  it("slow a chip down to its pace without losing anything", async () => {
    const atMs: number[] = [];
    const { lanes, clock } = lanesWith(async () => void atMs.push(clock.nowMs()));
    const pace = new TokenBucket(clock, 10, 2);
    const pushed = [1, 2, 3, 4].map((number) => lanes.push(message(chip("a"), number), wanted, pace));
    for (let step = 0; step < 4; step++) {
      await settle();
      clock.advance(100);
    }
    expect(await Promise.all(pushed)).toEqual([true, true, true, true]);
    expect(atMs).toEqual([0, 0, 100, 200]);
  });

  it("stop when the consumer has finished what it holds, and hand over nothing after that", async () => {
    const gate = Promise.withResolvers<void>();
    const taken: number[] = [];
    const { lanes } = lanesWith(async ({ payload }) => {
      taken.push(payload[0]!);
      await gate.promise;
    });
    const pushed = [1, 2].map((number) => lanes.push(message(chip("a"), number), wanted));
    await settle();
    const stopped = lanes.stop();
    gate.resolve();
    await stopped;
    expect(await Promise.all(pushed)).toEqual([true, false]);
    expect(taken).toEqual([1]);
  });
});
