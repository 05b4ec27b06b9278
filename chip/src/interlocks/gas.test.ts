import { FakeChip, type FakeChipOptions } from "@hanyouxu/chip/testing";
import type { CommandBody, EventKind, GasSensorRules } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIGURATION } from "../state.ts";

const SENSOR = { warmUpMs: 60_000, rawMin: 200, rawMax: 4_000, stuckAfterMs: 600_000, calibratedAtMs: null };
const FITTED: FakeChipOptions = {
  fitted: ["gnss", "current-sensor", "gas-sensor", "tamper-loop"],
  gasSensor: SENSOR,
};
const CLEAN_AIR = { lelPermille: 0, raw: 400 };
const LONG = { validSeconds: 3_600, idleLimitSeconds: 3_600 };
const DAY_MS = 86_400_000;

function chipWith(options: FakeChipOptions, rules: Partial<GasSensorRules> = {}): FakeChip {
  const chip = new FakeChip(options);
  chip.sense({ gas: CLEAN_AIR });
  chip.goOnline();
  if (Object.keys(rules).length > 0) expect(configure(chip, rules)).toBe("accepted");
  return chip;
}

function warm(options = FITTED, rules: Partial<GasSensorRules> = {}): FakeChip {
  const chip = chipWith(options, rules);
  chip.advance(60_000);
  return chip;
}

function configure(chip: FakeChip, rules: Partial<GasSensorRules>) {
  const version = chip.state.configuration.version + 1;
  return chip.order({ kind: "full-configuration", ...DEFAULT_CONFIGURATION, ...rules, version });
}

function inspection({ state }: FakeChip): CommandBody {
  const { boot, seq } = state.gas.cutAt!;
  return { kind: "gas-inspection", cutBoot: boot, cutSeq: seq };
}

function dataOf<Kind extends EventKind>(chip: FakeChip, kind: Kind) {
  return chip.uplink.events.flatMap((event) => (event.kind === kind ? [event.data] : []));
}

describe("a gas sensor that warms up", () => {
  it("forbids the start, with the seconds that are left, and no longer", () => {
    const chip = chipWith(FITTED);
    expect(chip.grant()).toBe("gas-warming-up");
    expect(chip.uplink.answers.at(-1)).toMatchObject({ kind: "postponed", readyInSeconds: 58 });
    chip.advance(58_000);
    expect(chip.grant()).toBe("accepted");
  });

  it("holds up nobody where the region asks for no gas sensor", () => {
    expect(chipWith(FITTED, { gasDemand: "none" }).grant()).toBe("accepted");
  });

  it("holds up no machine without one, unless the region asks for one everywhere", () => {
    expect(new FakeChip().goOnline().grant()).toBe("accepted");
    const chip = new FakeChip().goOnline();
    configure(chip, { gasDemand: "always" });
    expect(chip.grant()).toBe("faulted");
  });

  it("says nothing yet: a cold cell reads high", () => {
    const chip = chipWith(FITTED);
    chip.sense({ gas: { lelPermille: 900, raw: 3_900 } });
    chip.sense({ gas: CLEAN_AIR });
    chip.advance(58_000);
    expect(dataOf(chip, "gas-cut")).toEqual([]);
    expect(chip.grant()).toBe("gas-warming-up");
    chip.chip.senseNow();
    expect(chip.grant()).toBe("accepted");
  });

  it("warms up again after it was lost", () => {
    const chip = warm();
    chip.sense({ gas: null });
    chip.advance(20_000);
    chip.sense({ gas: CLEAN_AIR });
    chip.advance(0);
    expect(chip.grant()).toBe("gas-warming-up");
    chip.advance(60_000);
    expect(chip.grant()).toBe("accepted");
  });
});

describe("after a gas cut", () => {
  function cut(): FakeChip {
    const chip = warm();
    expect(chip.grant()).toBe("accepted");
    chip.sense({ gas: { lelPermille: 250, raw: 1_400 } });
    expect(chip.relayClosed).toBe(false);
    return chip;
  }

  it("nothing starts until the gas has cleared and the place was inspected", () => {
    const chip = cut();
    expect(chip.grant()).toBe("gas");
    expect(chip.order(inspection(chip))).toBe("gas");
    chip.sense({ gas: { lelPermille: 20, raw: 480 } });
    expect(chip.grant()).toBe("gas-uninspected");
    expect(chip.order(inspection(chip))).toBe("accepted");
    expect(chip.grant()).toBe("accepted");
    chip.advance(5_000);
    expect(dataOf(chip, "gas-inspected")).toHaveLength(1);
    chip.verifyUplink();
  });

  it("pulling the plug is no inspection", () => {
    const chip = cut();
    chip.reboot();
    chip.sense({ gas: CLEAN_AIR });
    chip.advance(70_000);
    expect(chip.grant()).toBe("gas-uninspected");
    expect(chip.order(inspection(chip))).toBe("accepted");
    expect(chip.grant()).toBe("accepted");
  });

  it("gas that comes back is another cut, for which the first inspection does not count", () => {
    const chip = cut();
    const first = inspection(chip);
    chip.sense({ gas: CLEAN_AIR });
    chip.sense({ gas: { lelPermille: 300, raw: 1_500 } });
    chip.sense({ gas: CLEAN_AIR });
    expect(chip.order(first)).toBe("state-changed");
    expect(chip.grant()).toBe("gas-uninspected");
    chip.advance(0);
    expect(dataOf(chip, "gas-cut")).toHaveLength(2);
  });

  it("unlocking the machine does not stand in for the inspection", () => {
    const chip = cut();
    chip.sense({ gas: CLEAN_AIR });
    chip.order({ kind: "lock", locked: true });
    chip.order({ kind: "lock", locked: false });
    expect(chip.grant()).toBe("gas-uninspected");
  });
});

describe("a faulty gas sensor", () => {
  it.each([
    ["a broken wire", { lelPermille: 0, raw: 10 }],
    ["a short", { lelPermille: 0, raw: 4_095 }],
    ["a value far below zero", { lelPermille: -80, raw: 400 }],
    ["no number at all", { lelPermille: 0, raw: Number.NaN }],
  ])("with %s cuts as gas does, after three seconds, and is told", (_name, gas) => {
    const chip = warm();
    expect(chip.grant()).toBe("accepted");
    chip.sense({ gas });
    chip.advance(1_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(3_000);
    expect(chip.relayClosed).toBe(false);
    expect(chip.grant()).toBe("faulted");
    expect(dataOf(chip, "gas-sensor")).toMatchObject([{ condition: "out-of-range", raised: true }]);
    chip.sense({ gas: CLEAN_AIR });
    chip.advance(0);
    expect(dataOf(chip, "gas-sensor").at(-1)).toMatchObject({ condition: "out-of-range", raised: false });
    expect(chip.grant()).toBe("accepted");
  });

  it("that still shows danger is believed at once", () => {
    const chip = warm();
    chip.grant();
    chip.sense({ gas: { lelPermille: 800, raw: 4_095 } });
    expect(chip.relayClosed).toBe(false);
    chip.advance(0);
    expect(dataOf(chip, "gas-cut")).toEqual([{ gasLelPermille: 800 }]);
  });

  it("that has not moved by a count for ten minutes is stuck", () => {
    const chip = warm();
    expect(chip.grant(LONG)).toBe("accepted");
    chip.advance(590_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(20_000);
    expect(chip.relayClosed).toBe(false);
    expect(dataOf(chip, "gas-sensor")).toMatchObject([{ condition: "stuck", raised: true }]);
    chip.sense({ gas: { lelPermille: 0, raw: 401 } });
    chip.advance(0);
    expect(chip.grant()).toBe("accepted");
  });

  it("that moves by a count now and then is not", () => {
    const chip = warm();
    chip.grant(LONG);
    for (let minute = 0; minute < 40; minute++) {
      chip.sense({ gas: { lelPermille: 0, raw: 400 + (minute % 2) } });
      chip.advance(60_000);
    }
    expect(chip.relayClosed).toBe(true);
    expect(dataOf(chip, "gas-sensor")).toEqual([]);
  });

  it("stops nobody where the region asks for none, until it does", () => {
    const chip = warm(FITTED, { gasDemand: "none" });
    expect(chip.grant()).toBe("accepted");
    chip.sense({ gas: null });
    chip.advance(60_000);
    expect(chip.relayClosed).toBe(true);
    expect(dataOf(chip, "faulted")).toEqual([]);
    configure(chip, { gasDemand: "when-fitted" });
    expect(chip.relayClosed).toBe(false);
    expect(dataOf(chip, "faulted")).toEqual([{ faulted: true, peripheral: "gas-sensor" }]);
    configure(chip, { gasDemand: "none" });
    expect(dataOf(chip, "faulted").at(-1)).toEqual({ faulted: false, peripheral: "gas-sensor" });
    expect(chip.grant()).toBe("accepted");
  });
});

describe("an overdue calibration", () => {
  const calibratedDaysAgo = (days: number): FakeChipOptions => {
    const startMs = Date.UTC(2026, 8, 1);
    return { ...FITTED, startMs, gasSensor: { ...SENSOR, calibratedAtMs: startMs - days * DAY_MS } };
  };

  it("is told, and refuses starts where the region says so", () => {
    const chip = warm(calibratedDaysAgo(370), { calibrationIntervalDays: 365 });
    expect(dataOf(chip, "gas-sensor")).toMatchObject([
      { condition: "calibration-overdue", raised: true, forSeconds: expect.closeTo(5 * 86_400, -3) },
    ]);
    expect(chip.grant()).toBe("accepted");
    const strict = warm(calibratedDaysAgo(370), {
      calibrationIntervalDays: 365,
      isOverdueCalibrationRefused: true,
    });
    expect(strict.grant()).toBe("gas-calibration-overdue");
  });

  it("is not one while the interval lasts, and comes with time", () => {
    const chip = warm(calibratedDaysAgo(364), {
      calibrationIntervalDays: 365,
      isOverdueCalibrationRefused: true,
    });
    expect(chip.grant({ validSeconds: 60 })).toBe("accepted");
    chip.advance(DAY_MS);
    expect(chip.grant()).toBe("gas-calibration-overdue");
  });

  it("is what a sensor without a date has, wherever a date is asked for", () => {
    const chip = warm(FITTED, { calibrationIntervalDays: 365, isOverdueCalibrationRefused: true });
    expect(chip.grant()).toBe("gas-calibration-overdue");
  });
});

it("settings of before gas sensors had rules leave them as they are", () => {
  const chip = warm(FITTED, { gasDemand: "none" });
  const {
    gasDemand: _d,
    calibrationIntervalDays: _c,
    isOverdueCalibrationRefused: _o,
    ...numbers
  } = DEFAULT_CONFIGURATION;
  expect(chip.order({ kind: "configuration", ...numbers, version: 9 })).toBe("accepted");
  expect(chip.state.configuration).toMatchObject({ version: 9, gasDemand: "none" });
  chip.reboot();
  expect(chip.state.configuration).toMatchObject({ version: 9, gasDemand: "none" });
});
