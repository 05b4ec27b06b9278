import { describe, expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { restingHand, stepHand } from "./hand.ts";
import { busiestShare, shareAtWork } from "./shifts.ts";

describe("a welder's hand", () => {
  test.each([
    ["SMAW", 0.5, 0.66],
    ["GMAW", 0.47, 0.64],
    ["SAW", 0.36, 0.54],
    ["PAC", 0.2, 0.37],
  ] as const)("at %s welds between %d and %d of the time", (process, least, most) => {
    const random = createRandom(process);
    let hand = restingHand(random);
    let weldingSeconds = 0;
    for (let second = 0; second < 40_000; second++) {
      hand = stepHand(hand, process, random, 1000);
      if (hand.isWelding) weldingSeconds += 1;
    }
    expect(weldingSeconds / 40_000).toBeGreaterThan(least);
    expect(weldingSeconds / 40_000).toBeLessThan(most);
  });

  test("does not strike at once, and takes steps of any length", () => {
    const random = createRandom(1);
    const hand = restingHand(random);
    expect(stepHand(hand, "SMAW", random, 1000).isWelding).toBe(false);
    expect(stepHand(hand, "SMAW", random, 3_600_000).leftMs).toBeGreaterThan(0);
  });
});

describe("shifts", () => {
  const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 8);

  test("are fullest on a working morning, at the province's share", () => {
    // 2026-11-23 is a Monday.
    expect(shareAtWork(at(23, 9))).toBeCloseTo(busiestShare, 6);
    expect(busiestShare).toBeCloseTo(0.185, 3);
  });

  test("are quiet at lunch, at night and on Sundays, and never empty", () => {
    expect(shareAtWork(at(23, 12))).toBeLessThan(shareAtWork(at(23, 10)) / 2);
    expect(shareAtWork(at(23, 3))).toBeLessThan(0.01);
    expect(shareAtWork(at(22, 10))).toBeCloseTo(busiestShare * 0.45, 6);
    expect(shareAtWork(at(21, 10))).toBeCloseTo(busiestShare, 6);
    for (let hour = 0; hour < 168; hour++) expect(shareAtWork(at(1, hour))).toBeGreaterThan(0);
  });
});
