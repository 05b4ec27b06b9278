import { FakeChip } from "@hanyouxu/chip/testing";
import { describe, expect, it } from "vitest";
import { WINDOW_EVENTS } from "./outbox.ts";

/** Fifty events without a connection: lock and unlock. */
function chipWithBacklog(): FakeChip {
  const chip = new FakeChip().goOnline();
  chip.memory.faults = { ...chip.memory.faults, isReachable: false };
  chip.memory.cut();
  for (let index = 0; index < 25; index++) {
    chip.sense({ tamperLoopIntact: false });
    chip.advance(10_000);
    chip.sense({ tamperLoopIntact: true });
    chip.advance(20_000);
  }
  expect(chip.state.log.pending).toHaveLength(50);
  return chip;
}

function goReachable(chip: FakeChip): void {
  chip.memory.faults = { ...chip.memory.faults, isReachable: true };
  while (!chip.memory.isUp) chip.advance(100);
}

describe("the way of events to the platform", () => {
  it("keeps at most a window unacknowledged on the way, in order", () => {
    const chip = chipWithBacklog();
    chip.acknowledges = false;
    goReachable(chip);
    chip.advance(5_000);
    const sent = chip.uplink.arrivals.slice(1).map(({ seq }) => seq);
    expect(sent).toEqual(Array.from({ length: WINDOW_EVENTS }, (_, index) => index + 2));
  });

  it("sends a backlog no faster than a window each quarter of a second", () => {
    const chip = chipWithBacklog();
    const before = chip.uplink.arrivals.length;
    goReachable(chip);
    chip.advance(1_000);
    expect(chip.uplink.arrivals.length - before).toBeLessThanOrEqual(5 * WINDOW_EVENTS);
    chip.advance(2_000);
    expect(chip.state.log.pending).toEqual([]);
    chip.verifyUplink();
  });

  it("sends again what is not acknowledged, less and less often", () => {
    const chip = new FakeChip();
    chip.acknowledges = false;
    chip.goOnline();
    chip.advance(600_000);
    const times = chip.uplink.arrivals.length;
    expect(times).toBeGreaterThan(3);
    expect(times).toBeLessThan(10);
    chip.acknowledge();
    chip.advance(0);
    expect(chip.state.log.pending).toEqual([]);
    chip.advance(600_000);
    expect(chip.uplink.arrivals).toHaveLength(times);
  });

  it("loses no event and keeps the chain through loss, duplication and reordering", () => {
    const chip = chipWithBacklog();
    chip.memory.faults = {
      ...chip.memory.faults,
      lossRate: 0.3,
      duplicateRate: 0.3,
      minDelayMs: 10,
      maxDelayMs: 3_000,
    };
    goReachable(chip);
    chip.advance(3_600_000);
    expect(chip.state.log.pending).toEqual([]);
    expect(chip.uplink.events.filter((event) => event.kind === "tamper")).toHaveLength(50);
    chip.verifyUplink();
  });

  it("lets an event wait for the reconnection and goes on from the first unacknowledged one", () => {
    const chip = new FakeChip();
    chip.acknowledges = false;
    chip.goOnline();
    chip.memory.cut();
    chip.acknowledges = true;
    chip.advance(10_000);
    expect(chip.uplink.arrivals).toEqual([
      { boot: 1, seq: 1 },
      { boot: 1, seq: 1 },
    ]);
    expect(chip.state.log.pending).toEqual([]);
  });
});
