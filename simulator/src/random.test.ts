import { describe, expect, test } from "vitest";
import { createRandom, integerBetween, normal, pickWeighted, shuffled } from "./random.ts";

describe("repeatable randomness", () => {
  test("gives the same stream for the same seed and another for another", () => {
    const draw = (seed: number | string) => {
      const random = createRandom(seed);
      return Array.from({ length: 8 }, () => random.next());
    };
    expect(draw("1/machines")).toEqual(draw("1/machines"));
    expect(draw("1/machines")).not.toEqual(draw("1/welders"));
    expect(draw(0)).not.toEqual(draw(1));
  });

  test("fills sixteen bins evenly (chi-squared, 15 degrees, p > 0.001)", () => {
    for (const seed of [0, 1, 330723, "county"]) {
      const random = createRandom(seed);
      const bins = new Array<number>(16).fill(0);
      for (let count = 0; count < 64_000; count++) bins[Math.floor(random.next() * 16)]! += 1;
      const chiSquared = bins.reduce((sum, bin) => sum + (bin - 4000) ** 2 / 4000, 0);
      expect(chiSquared).toBeLessThan(37.7);
    }
  });

  test("keeps to bounds, weights and moments", () => {
    const random = createRandom(7);
    const drawn = Array.from({ length: 1000 }, () => integerBetween(random, -2, 3));
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([-2, 3]);
    const heavy = { weight: 9, name: "heavy" };
    const picked = Array.from(
      { length: 2000 },
      () => pickWeighted(random, [heavy, { weight: 1, name: "light" }]).name,
    );
    expect(Math.abs(picked.filter((name) => name === "heavy").length / 2000 - 0.9)).toBeLessThan(0.03);
    const normals = Array.from({ length: 20_000 }, () => normal(random, 10, 2));
    const mean = normals.reduce((sum, value) => sum + value, 0) / normals.length;
    const variance = normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length;
    expect(Math.abs(mean - 10)).toBeLessThan(0.08);
    expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.06);
  });

  test("a shuffled list has the same members", () => {
    const list = Array.from({ length: 50 }, (_, index) => index);
    const mixed = shuffled(createRandom(3), list);
    expect(mixed).not.toEqual(list);
    expect([...mixed].sort((a, b) => a - b)).toEqual(list);
  });
});
