import fc from "fast-check";
import { expect, test } from "vitest";
import { circle, grantCommand, sample, telemetry } from "../../testing/arbitraries.ts";
import { encodeCbor } from "../cbor.ts";
import type { Signer } from "../ports.ts";
import { encodeCommandPayload, signCommand } from "./command.ts";
import { type Sample, sampleToCbor } from "./sample.ts";
import { encodeTelemetry } from "./telemetry.ts";

const signer: Signer = { algorithm: -7, keyId: new Uint8Array(4), sign: () => new Uint8Array(64) };

const LARGEST_SAMPLE: Sample = {
  offsetMs: 65_535_000,
  position: { latitudeE7: -900_000_000, longitudeE7: -1_800_000_000, accuracyDecimetres: 1_000_000 },
  speedCentimetresPerSecond: 65_535,
  arcCurrentDeciamps: 65_535,
  voltageDecivolts: 65_535,
  temperatureDecicelsius: 10_000,
  gasLelPermille: 10_000,
  gasRaw: 65_535,
  batteryPercent: 100,
  signalDbm: -200,
  flags: {
    relayClosed: true,
    arcOn: true,
    tamperLoopIntact: true,
    moving: true,
    locked: true,
    fix: "last-known",
  },
};

test("the largest sample is 45 bytes and no sample is larger: the budget is 50", () => {
  expect(encodeCbor(sampleToCbor(LARGEST_SAMPLE)).length).toBe(45);
  fc.assert(
    fc.property(sample, (value) => encodeCbor(sampleToCbor(value)).length <= 45),
    { numRuns: 3000 },
  );
});

test("a batch of six is at most 310 bytes", () => {
  fc.assert(
    fc.property(telemetry, (value) => encodeTelemetry(value).length <= 310),
    { numRuns: 1000 },
  );
});

test("the largest signed grant with a circular fence is 180 bytes, and no other is larger", () => {
  const largest = signCommand(
    {
      kind: "grant",
      audience: "aaaaaaaaaaaaaaaa" as never,
      commandId: "ffffffffffffffff",
      acceptBySeconds: 0xffff_ffff,
      expectedStateVersion: 0xffff_ffff,
      workSessionId: "ffffffff-ffff-ffff-ffff-ffffffffffff" as never,
      welderPseudonym: "ffffffffffffffff",
      notBeforeSeconds: 0xffff_ffff - 65_535,
      validSeconds: 65_535,
      maxEnergisedSeconds: 65_535,
      idleLimitSeconds: 65_535,
      fence: { kind: "circle", latitudeE7: 900_000_000, longitudeE7: -1_800_000_000, radiusMetres: 65_535 },
      gasWarningLelPermille: 250,
      gasCutLelPermille: 500,
      isWatchHeartbeatRequired: true,
      decisionDigest: "ffffffffffffffff",
    },
    signer,
  );
  expect(largest.length).toBe(180);
  fc.assert(
    fc.property(grantCommand(circle), (command) => signCommand(command, signer).length <= 180),
    { numRuns: 3000 },
  );
});

test("a grant with the largest polygon stays under 420 bytes", () => {
  const vertices = Array.from({ length: 24 }, () => ({
    latitudeE7: 900_000_000,
    longitudeE7: 1_800_000_000,
  }));
  fc.assert(
    fc.property(
      grantCommand(fc.constant({ kind: "polygon", vertices })),
      (command) => encodeCommandPayload(command).length + 80 < 420,
    ),
    { numRuns: 100 },
  );
});
