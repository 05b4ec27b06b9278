import { FakeChip } from "@hanyouxu/chip/testing";
import type { EventKind } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";

function dataOf<Kind extends EventKind>(chip: FakeChip, kind: Kind) {
  return chip.uplink.events.flatMap((event) => (event.kind === kind ? [event.data] : []));
}

/** The machine takes so much for so long. */
function take(chip: FakeChip, watts: number, seconds: number, everySeconds = 10): void {
  for (let passed = 0; passed < seconds; passed += everySeconds) {
    const before = chip.reading.meterWattHours ?? 0;
    chip.sense({ meterWattHours: before + (watts * everySeconds) / 3_600 });
    chip.advance(everySeconds * 1_000);
  }
}

function online(): FakeChip {
  const chip = new FakeChip().goOnline();
  chip.sense({ meterWattHours: 1_000 });
  return chip;
}

describe("energy without a session", () => {
  it("is found in less than two minutes, though no current is seen, and told once", () => {
    const chip = online();
    take(chip, 600, 120);
    expect(dataOf(chip, "energy-unaccounted")).toEqual([{ wattHours: 8, overSeconds: 40 }]);
    take(chip, 600, 600);
    expect(dataOf(chip, "energy-unaccounted")).toHaveLength(1);
    take(chip, 0, 300);
    take(chip, 600, 120);
    expect(dataOf(chip, "energy-unaccounted")).toHaveLength(2);
  });

  it("is not what a machine takes standing by", () => {
    const chip = online();
    take(chip, 60, 12 * 3_600, 60);
    expect(dataOf(chip, "energy-unaccounted")).toEqual([]);
  });

  it("is not what was taken under a grant, to its last second", () => {
    const chip = online();
    expect(chip.grant({ validSeconds: 3_600, idleLimitSeconds: 3_600 })).toBe("accepted");
    take(chip, 9_000, 600, 1);
    chip.sense({ meterWattHours: chip.reading.meterWattHours! + 40 });
    chip.order({ kind: "lock", locked: true });
    chip.sense({ meterWattHours: chip.reading.meterWattHours! + 20 });
    take(chip, 12, 600);
    expect(dataOf(chip, "energy-unaccounted")).toEqual([]);
  });

  it("while the chip was cut out is told when it is back", () => {
    const chip = online();
    chip.advance(60_000);
    chip.order({ kind: "lock", locked: false });
    chip.order({ kind: "lock", locked: true });
    chip.killPower();
    chip.advance(600_000);
    chip.reading = { ...chip.reading, meterWattHours: chip.reading.meterWattHours! + 700 };
    chip.reboot();
    chip.advance(5_000);
    expect(dataOf(chip, "energy-unaccounted")).toEqual([
      { wattHours: 700, overSeconds: expect.closeTo(600, -1) },
    ]);
  });

  it("is not what stood by while the chip had no power, nor the last minute of honest work", () => {
    const idle = online();
    idle.order({ kind: "lock", locked: true });
    idle.killPower();
    idle.advance(36 * 3_600_000);
    idle.reading = { ...idle.reading, meterWattHours: 1_000 + 12 * 36 };
    idle.reboot();
    idle.advance(5_000);
    expect(dataOf(idle, "energy-unaccounted")).toEqual([]);

    const working = online();
    expect(working.grant({ validSeconds: 3_600, idleLimitSeconds: 3_600 })).toBe("accepted");
    take(working, 9_000, 55, 1);
    working.killPower();
    working.reboot();
    working.advance(5_000);
    expect(dataOf(working, "energy-unaccounted")).toEqual([]);
  });
});

it("a machine past whose relay current flows is looked at every second", () => {
  const chip = new FakeChip().goOnline();
  chip.advance(60_000);
  chip.sense({ arcCurrentDeciamps: 900 });
  chip.advance(4_000);
  expect(dataOf(chip, "bypass-suspected")).toEqual([{ currentDeciamps: 900 }]);
});
