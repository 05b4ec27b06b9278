import { FIX_KINDS } from "@hanyouxu/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packSamples, type TimedSample, unpackSamples } from "./packing.ts";

const nullable = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: null });

/** Everything the protocol lets a sample hold. */
const sample: fc.Arbitrary<TimedSample> = fc.record({
  atMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  position: fc.option(
    fc.record({
      latitudeE7: fc.integer({ min: -900_000_000, max: 900_000_000 }),
      longitudeE7: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
      accuracyDecimetres: fc.integer({ min: 0, max: 1_000_000 }),
    }),
    { nil: null },
  ),
  speedCentimetresPerSecond: nullable(0, 65_535),
  arcCurrentDeciamps: fc.integer({ min: 0, max: 65_535 }),
  voltageDecivolts: fc.integer({ min: 0, max: 65_535 }),
  temperatureDecicelsius: nullable(-1000, 10_000),
  gasLelPermille: nullable(0, 10_000),
  gasRaw: nullable(0, 65_535),
  batteryPercent: nullable(0, 100),
  signalDbm: nullable(-200, 0),
  flags: fc.record({
    relayClosed: fc.boolean(),
    arcOn: fc.boolean(),
    tamperLoopIntact: fc.boolean(),
    moving: fc.boolean(),
    locked: fc.boolean(),
    fix: fc.constantFrom(...FIX_KINDS),
  }),
});

test("whatever samples are packed come back the same", () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
      expect(unpackSamples(packSamples(samples))).toEqual(samples);
    }),
  );
});

test("ten quiet minutes at one sample every ten seconds take less than four bytes a sample", () => {
  const [one] = fc.sample(sample, { numRuns: 1, seed: 1 });
  const samples = Array.from({ length: 60 }, (_, index) => ({
    ...one!,
    atMs: 1_772_000_000_000 + index * 10_000,
  }));
  expect(packSamples(samples).length / samples.length).toBeLessThan(4);
});

test("a chunk cut short is noticed", () => {
  const [one] = fc.sample(sample, { numRuns: 1, seed: 2 });
  expect(() => unpackSamples(packSamples([one!]).subarray(0, 4))).toThrow();
});
