import { EMPTY_FLAGS } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { fixOfChunk } from "./chunk-fix.ts";
import type { TimedSample } from "./packing.ts";

const sample = (latitudeE7: number | null, accuracyDecimetres = 50, arcOn = false): TimedSample => ({
  atMs: 0,
  position: latitudeE7 === null ? null : { latitudeE7, longitudeE7: 1_198_000_000, accuracyDecimetres },
  speedCentimetresPerSecond: null,
  arcCurrentDeciamps: 0,
  voltageDecivolts: 700,
  temperatureDecicelsius: 250,
  gasLelPermille: 0,
  gasRaw: 400,
  batteryPercent: 90,
  signalDbm: -70,
  flags: { ...EMPTY_FLAGS, arcOn },
});

test("a chunk's fix is the median of those that are exact enough, whatever the others say", () => {
  const samples = [289_000_010, 289_000_000, 289_000_020, 250_000_000].map((latitude) => sample(latitude));
  expect(fixOfChunk([...samples, sample(310_000_000, 801), sample(320_000_000, 900), sample(null)])).toEqual({
    latitude_degrees: 28.900001,
    longitude_degrees: 119.8,
    accuracy_metres: 5,
    has_arc: false,
  });
});

test("one sample with an arc makes a chunk with an arc, with or without a place", () => {
  expect(fixOfChunk([sample(null), sample(null, 50, true), sample(null)])).toEqual({
    latitude_degrees: null,
    longitude_degrees: null,
    accuracy_metres: null,
    has_arc: true,
  });
});
