import { VirtualClock } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { BatchLane } from "./batch-lane.ts";

/** A lane whose batches are noted, each held until `finish` is called. */
function laneOf(options: { paceMs: number; maxBatch?: number }) {
  const clock = new VirtualClock(1_000);
  const batches: { items: number[]; atMs: number; finish: () => void }[] = [];
  let seen: () => void = () => {};
  const lane = new BatchLane<number>({
    clock,
    maxBatch: options.maxBatch ?? 10,
    paceMs: options.paceMs,
    carry: (waiting) =>
      new Promise<void>((resolve) => {
        const finish = () => {
          for (const one of waiting) one.resolve();
          resolve();
        };
        batches.push({ items: waiting.map(({ item }) => item), atMs: clock.nowMs(), finish });
        seen();
      }),
  });
  const untilBatches = async (count: number) => {
    while (batches.length < count) await new Promise<void>((resolve) => (seen = resolve));
  };
  return { lane, clock, batches, untilBatches };
}

describe("a lane without a pace", () => {
  it("carries what came together, and what came meanwhile in the next batch", async () => {
    const { lane, batches, untilBatches } = laneOf({ paceMs: 0 });
    const first = Promise.all([lane.take(1), lane.take(2)]);
    await untilBatches(1);
    const second = lane.take(3);
    batches[0]!.finish();
    await first;
    await untilBatches(2);
    batches[1]!.finish();
    await second;
    expect(batches.map(({ items }) => items)).toEqual([[1, 2], [3]]);
  });

  it("bounds a batch", async () => {
    const { lane, batches, untilBatches } = laneOf({ paceMs: 0, maxBatch: 2 });
    const all = [1, 2, 3].map((item) => lane.take(item));
    await untilBatches(1);
    batches[0]!.finish();
    await untilBatches(2);
    batches[1]!.finish();
    await Promise.all(all);
    expect(batches.map(({ items }) => items)).toEqual([[1, 2], [3]]);
  });
});

describe("a lane with a pace", () => {
  it("carries the first item after a quiet time at once, and gathers what follows", async () => {
    const { lane, clock, batches, untilBatches } = laneOf({ paceMs: 50 });
    const first = lane.take(1);
    await untilBatches(1);
    batches[0]!.finish();
    await first;
    const rest = Promise.all([lane.take(2), lane.take(3)]);
    clock.advance(49);
    expect(batches).toHaveLength(1);
    clock.advance(1);
    await untilBatches(2);
    batches[1]!.finish();
    await rest;
    expect(batches[1]).toMatchObject({ items: [2, 3], atMs: 1_050 });
  });

  it("does not pause when a whole batch waits", async () => {
    const { lane, batches, untilBatches } = laneOf({ paceMs: 50, maxBatch: 2 });
    const first = lane.take(1);
    await untilBatches(1);
    batches[0]!.finish();
    await first;
    const rest = Promise.all([lane.take(2), lane.take(3)]);
    await untilBatches(2);
    batches[1]!.finish();
    await rest;
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  });

  it("drains without waiting for its time", async () => {
    const { lane, batches, untilBatches } = laneOf({ paceMs: 50 });
    const first = lane.take(1);
    await untilBatches(1);
    batches[0]!.finish();
    await first;
    const second = lane.take(2);
    const drained = lane.drain();
    await untilBatches(2);
    batches[1]!.finish();
    await Promise.all([second, drained]);
    expect(batches).toHaveLength(2);
  });
});
