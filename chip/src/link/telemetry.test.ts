import { FakeChip } from "@hanyouxu/chip/testing";
import { encodeTelemetry } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { STORED_BATCHES } from "./telemetry.ts";

describe("telemetry", () => {
  it("is a sign of life every minute at rest: well within a lease of ninety seconds", () => {
    const chip = new FakeChip().goOnline();
    const first = chip.uplink.batches.length;
    chip.advance(600_000);
    const batches = chip.uplink.batches.slice(first);
    expect(batches).toHaveLength(10);
    expect(batches.every((batch) => batch.samples.length === 1)).toBe(true);
  });

  it("samples every ten seconds at work and sends within thirty", () => {
    const chip = new FakeChip().goOnline();
    chip.grant();
    const first = chip.uplink.batches.length;
    chip.sense({ arcCurrentDeciamps: 1_200, voltageDecivolts: 240 });
    chip.advance(150_000);
    const batches = chip.uplink.batches.slice(first);
    const samples = batches.flatMap((batch) =>
      batch.samples.map((sample) => batch.uptimeMs + sample.offsetMs),
    );
    expect(samples.length).toBeGreaterThanOrEqual(11);
    expect(batches.length).toBeLessThanOrEqual(6);
    for (const [index, atMs] of samples.slice(1).entries()) {
      expect(atMs - samples[index]!).toBeLessThanOrEqual(10_000);
    }
    expect(batches.at(-1)!.samples.at(-1)!.flags).toMatchObject({ relayClosed: true, arcOn: true });
  });

  it("tells a change of the relay, the lock and the housing at once, and an arc within five seconds", () => {
    const chip = new FakeChip().goOnline();
    const count = () => chip.uplink.batches.length;
    let before = count();
    chip.grant();
    expect(count()).toBe(before + 1);
    before = count();
    chip.sense({ arcCurrentDeciamps: 1_200 });
    chip.advance(7_000);
    expect(count()).toBe(before + 1);
    expect(chip.uplink.batches.at(-1)!.samples[0]!.flags.arcOn).toBe(true);
    before = count();
    chip.sense({ tamperLoopIntact: false });
    chip.advance(0);
    expect(count()).toBe(before + 1);
    expect(chip.uplink.batches.at(-1)!.samples.at(-1)!.flags).toMatchObject({
      relayClosed: false,
      tamperLoopIntact: false,
    });
  });

  it("is kept without a connection, oldest dropped and counted, and sent afterwards behind what is live", () => {
    const chip = new FakeChip().goOnline();
    chip.memory.faults = { ...chip.memory.faults, isReachable: false };
    chip.memory.cut();
    chip.advance(60 * 3_600_000);
    expect(chip.state.telemetry.stored).toHaveLength(STORED_BATCHES);
    expect(chip.state.discarded.telemetryBatches).toBeGreaterThan(0);
    const before = chip.uplink.batches.length;
    chip.memory.faults = { ...chip.memory.faults, isReachable: true };
    chip.advance(600_000);
    expect(chip.state.telemetry.stored).toEqual([]);
    const arrived = chip.uplink.batches.slice(before);
    expect(arrived.length).toBeGreaterThan(STORED_BATCHES);
    expect(arrived[0]!.uptimeMs).toBeGreaterThan(arrived[1]!.uptimeMs);
    expect(new Set(arrived.map((batch) => batch.batch)).size).toBe(arrived.length);
  });

  it("carries the last known place on, marked as such", () => {
    const chip = new FakeChip().goOnline();
    chip.sense({
      fix: { kind: "gnss", latitudeE7: 288_900_000, longitudeE7: 1_198_100_000, accuracyMetres: 4.2 },
    });
    chip.sense({ fix: null });
    chip.advance(61_000);
    expect(chip.uplink.batches.at(-1)!.samples[0]).toMatchObject({
      position: { latitudeE7: 288_900_000, longitudeE7: 1_198_100_000, accuracyDecimetres: 42 },
      flags: { fix: "last-known" },
    });
  });

  it("turns impossible readings into unknown, and an overflow of gas into its maximum", () => {
    const chip = new FakeChip().goOnline();
    chip.sense({
      speedCentimetresPerSecond: Number.NaN,
      temperatureDecicelsius: 1e9,
      batteryPercent: -3,
      signalDbm: 4,
      arcCurrentDeciamps: 1e12,
      voltageDecivolts: Number.POSITIVE_INFINITY,
      gas: { lelPermille: 1e7, raw: 1e9 },
      fix: { kind: "gnss", latitudeE7: 1e12, longitudeE7: 0, accuracyMetres: 1 },
    });
    chip.advance(61_000);
    const batch = chip.uplink.batches.at(-1)!;
    expect(batch.samples[0]).toMatchObject({
      position: null,
      speedCentimetresPerSecond: null,
      temperatureDecicelsius: null,
      batteryPercent: null,
      signalDbm: null,
      arcCurrentDeciamps: 65_535,
      voltageDecivolts: 0,
      gasLelPermille: 10_000,
      gasRaw: 65_535,
    });
    expect(encodeTelemetry(batch).length).toBeLessThan(100);
  });
});
