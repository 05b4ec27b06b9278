import { FakeChip, seededBytes } from "@hanyouxu/chip/testing";
import { decodeAnswerFrame } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

describe("the connection", () => {
  it("waits anywhere below a limit that doubles up to two minutes", () => {
    const random = seededBytes(7);
    for (const [attempt, limitMs] of [
      [0, 1_000],
      [3, 8_000],
      [7, 120_000],
      [1_000, 120_000],
    ] as const) {
      const waits = Array.from({ length: 2_000 }, () => backoffMs(attempt, random));
      expect(Math.max(...waits)).toBeLessThan(limitMs);
      expect(Math.max(...waits)).toBeGreaterThan(limitMs * 0.95);
      expect(Math.min(...waits)).toBeLessThan(limitMs * 0.05);
      const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
      expect(Math.abs(mean / limitMs - 0.5)).toBeLessThan(0.05);
    }
  });

  it("makes one attempt at a time and numbers them in the will", () => {
    const chip = new FakeChip({ connects: false });
    chip.advance(600_000);
    const wills = chip.effects.flatMap((effect) =>
      effect.kind === "connect" ? [decodeAnswerFrame(effect.will)] : [],
    );
    expect(wills.length).toBeGreaterThan(5);
    expect(wills.length).toBeLessThan(60);
    expect(wills.map((will) => will.ok && will.value)).toEqual(
      wills.map((_, index) => ({ kind: "gone", boot: 1, connection: index + 1 })),
    );
  });

  it("starts the back-off afresh after a connection that held, and not after one that did not", () => {
    const chip = new FakeChip().goOnline();
    chip.memory.cut();
    expect(chip.state.link.attempt).toBe(1);
    while (!chip.memory.isUp) chip.advance(100);
    chip.memory.cut();
    expect(chip.state.link.attempt).toBe(2);
    while (!chip.memory.isUp) chip.advance(100);
    chip.advance(60_000);
    chip.memory.cut();
    expect(chip.state.link.attempt).toBe(0);
  });

  it("does not wait for an attempt whose end nobody reports", () => {
    const chip = new FakeChip();
    chip.memory.faults = { ...chip.memory.faults, minDelayMs: 600_000, maxDelayMs: 600_000 };
    chip.advance(300_000);
    expect(chip.state.link.connection).toBeGreaterThan(2);
  });
});
