import { FakeChip, type FakeChipOptions } from "@hanyouxu/chip/testing";
import type { EventKind, Grant } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { LOG_FULL_EVENTS } from "../events.ts";
import { step } from "../runtime.ts";
import { powerStateOf } from "../welding/power-state.ts";

const ARC = { arcCurrentDeciamps: 1_500, voltageDecivolts: 250 };
const CLEAN_AIR = { lelPermille: 0, raw: 400 };
const WITH_GAS_SENSOR: FakeChipOptions = { fitted: ["gnss", "current-sensor", "gas-sensor", "tamper-loop"] };
const CENTRE = { latitudeE7: 288_900_000, longitudeE7: 1_198_100_000 };
const FENCE = { kind: "circle", ...CENTRE, radiusMetres: 50 } as const;

function fixAt(metresNorth: number, accuracyMetres: number) {
  const latitudeE7 = CENTRE.latitudeE7 + Math.round((metresNorth / 111_195) * 1e7);
  return { kind: "gnss" as const, latitudeE7, longitudeE7: CENTRE.longitudeE7, accuracyMetres };
}

function arcing(grant?: Partial<Grant>, options?: FakeChipOptions): FakeChip {
  const chip = new FakeChip(options);
  chip.reading = { ...chip.reading, gas: options ? CLEAN_AIR : null };
  chip.chip.senseNow();
  chip.goOnline();
  expect(chip.grant(grant)).toBe("accepted");
  chip.sense(ARC);
  chip.advance(5_000);
  expect(powerStateOf(chip.state)).toBe("arcing");
  return chip;
}

function dataOf<Kind extends EventKind>(chip: FakeChip, kind: Kind) {
  return chip.uplink.events.flatMap((event) => (event.kind === kind ? [event.data] : []));
}

describe("gas", () => {
  it("over the limit opens the relay in the step that sees it, arc or not", () => {
    const chip = arcing({}, WITH_GAS_SENSOR);
    chip.sense({ gas: { lelPermille: 200, raw: 5_000 } });
    expect(chip.relayClosed).toBe(false);
    chip.advance(0);
    expect(dataOf(chip, "gas-cut")).toEqual([{ gasLelPermille: 200 }]);
    expect(dataOf(chip, "de-energised")).toMatchObject([{ reason: "gas" }]);
    expect(chip.grant()).toBe("gas");
  });

  it("warns once, and takes the warning back when it has clearly fallen", () => {
    const chip = arcing({}, WITH_GAS_SENSOR);
    for (const lelPermille of [99, 100, 110, 95, 100, 81, 79, 50]) {
      chip.sense({ gas: { lelPermille, raw: 0 } });
      chip.advance(1_000);
    }
    expect(dataOf(chip, "gas-warning")).toEqual([
      { gasLelPermille: 100, raised: true },
      { gasLelPermille: 79, raised: false },
    ]);
    expect(chip.relayClosed).toBe(true);
  });

  it("is judged by the stricter of grant and configuration", () => {
    const chip = arcing({ gasCutLelPermille: 60, gasWarningLelPermille: 40 }, WITH_GAS_SENSOR);
    chip.sense({ gas: { lelPermille: 60, raw: 0 } });
    expect(chip.relayClosed).toBe(false);
    const left = arcing({ gasCutLelPermille: 0, gasWarningLelPermille: 0 }, WITH_GAS_SENSOR);
    left.sense({ gas: { lelPermille: 150, raw: 0 } });
    expect(left.relayClosed).toBe(true);
  });

  it("that cannot be measured cuts the work, and forbids the next until the sensor answers", () => {
    const chip = arcing({}, WITH_GAS_SENSOR);
    chip.sense({ gas: null });
    chip.advance(2_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(2_000);
    expect(chip.relayClosed).toBe(false);
    expect(dataOf(chip, "de-energised")).toMatchObject([{ reason: "fault" }]);
    expect(powerStateOf(chip.state)).toBe("faulted");
    expect(chip.grant()).toBe("faulted");
    chip.sense({ gas: CLEAN_AIR });
    chip.advance(0);
    expect(chip.grant()).toBe("accepted");
    expect(dataOf(chip, "peripheral-lost")).toEqual([
      { peripheral: "gas-sensor", lost: true },
      { peripheral: "gas-sensor", lost: false },
    ]);
    expect(dataOf(chip, "faulted")).toEqual([
      { peripheral: "gas-sensor", faulted: true },
      { peripheral: "gas-sensor", faulted: false },
    ]);
  });

  it("is not missed on a machine without a sensor", () => {
    expect(arcing().grant()).toBe("busy");
  });
});

describe("the loop through the housing", () => {
  it("cut, opens the relay in the step that sees it; mended, it must hold for five seconds", () => {
    const chip = arcing();
    chip.sense({ tamperLoopIntact: false });
    expect(chip.relayClosed).toBe(false);
    chip.sense({ tamperLoopIntact: true, arcCurrentDeciamps: 0 });
    chip.advance(1_000);
    expect(chip.grant()).toBe("tamper");
    chip.sense({ tamperLoopIntact: false });
    chip.sense({ tamperLoopIntact: true });
    chip.advance(20_000);
    expect(chip.grant()).toBe("accepted");
    expect(dataOf(chip, "tamper")).toEqual([{ raised: true }, { raised: false }]);
  });
});

describe("the fence", () => {
  it("left for half a minute by several fixes ends the work after the arc", () => {
    const chip = arcing({ fence: FENCE });
    chip.sense({ fix: fixAt(120, 10) });
    chip.advance(28_000);
    expect(chip.state.work?.ending).toBeNull();
    chip.advance(5_000);
    expect(chip.state.work?.ending?.reason).toBe("fence");
    expect(chip.relayClosed).toBe(true);
    chip.sense({ arcCurrentDeciamps: 0 });
    chip.advance(2_000);
    expect(dataOf(chip, "de-energised")).toMatchObject([{ reason: "fence" }]);
    expect(dataOf(chip, "fence-left")).toEqual([{ metresOutside: 70 }]);
  });

  it("is not left by single strays, by doubtful fixes or without any", () => {
    const chip = arcing({ fence: FENCE, validSeconds: 3_600 });
    for (let round = 0; round < 20; round++) {
      chip.sense({ fix: fixAt(300, 10) });
      chip.advance(10_000);
      chip.sense({ fix: fixAt(5, 10) });
      chip.advance(2_000);
    }
    chip.sense({ fix: fixAt(300, 130) });
    chip.advance(120_000);
    chip.sense({ fix: fixAt(70, 5) });
    chip.advance(120_000);
    chip.sense({ fix: null });
    chip.advance(600_000);
    expect(chip.state.work?.ending).toBeNull();
    expect(dataOf(chip, "fence-left")).toEqual([]);
  });

  it("entered again during the grace is told, and does not bring the work back", () => {
    const chip = arcing({ fence: FENCE });
    chip.sense({ fix: fixAt(200, 10) });
    chip.advance(35_000);
    chip.sense({ fix: fixAt(10, 10) });
    chip.advance(35_000);
    expect(dataOf(chip, "fence-entered")).toEqual([{ metresInside: 40 }]);
    expect(chip.state.work?.ending?.reason).toBe("fence");
  });
});

describe("current without the relay", () => {
  it("for three seconds is a suspected bypass, told once until it has stopped for a while", () => {
    const chip = new FakeChip().goOnline();
    const feed = (arcCurrentDeciamps: number, seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        chip.sense({ arcCurrentDeciamps });
        chip.advance(1_000);
      }
    };
    feed(900, 2);
    feed(0, 2);
    expect(dataOf(chip, "bypass-suspected")).toEqual([]);
    feed(900, 60);
    expect(dataOf(chip, "bypass-suspected")).toEqual([{ currentDeciamps: 900 }]);
    feed(0, 15);
    feed(800, 10);
    expect(dataOf(chip, "bypass-suspected")).toHaveLength(2);
  });

  it("that dies down after the relay has opened is none", () => {
    const chip = arcing();
    chip.order({ kind: "lock", locked: true });
    chip.advance(1_000);
    chip.sense({ arcCurrentDeciamps: 0 });
    chip.advance(60_000);
    expect(dataOf(chip, "bypass-suspected")).toEqual([]);
  });
});

describe("blindness", () => {
  it("of the current sensor ends the work when the grace is over: the arc cannot be seen to end", () => {
    const chip = arcing();
    chip.sense({ arcCurrentDeciamps: null });
    chip.advance(4_000);
    expect(chip.state.work?.ending?.reason).toBe("fault");
    chip.advance(chip.state.configuration.arcGraceSeconds * 1000);
    expect(chip.relayClosed).toBe(false);
  });

  it("for a minute without any reading is noticed by time alone", () => {
    const chip = arcing();
    let { state } = chip;
    state = step(state, { kind: "tick", uptimeMs: state.uptimeMs + 59_000 }, chip.ports).state;
    expect(state.work?.ending).toBeNull();
    state = step(state, { kind: "tick", uptimeMs: state.uptimeMs + 2_000 }, chip.ports).state;
    expect(state.work?.ending?.reason).toBe("fault");
  });
});

describe("a full log", () => {
  it("forbids the next start, keeps room for what matters, and clears when acknowledged", () => {
    const chip = new FakeChip();
    chip.acknowledges = false;
    chip.goOnline();
    const full = {
      ...chip.state,
      log: {
        ...chip.state.log,
        pending: Array.from({ length: LOG_FULL_EVENTS }, () => chip.state.log.pending[0]!),
      },
    };
    let { state } = step(full, { kind: "tick", uptimeMs: full.uptimeMs + 1 }, chip.ports);
    expect(powerStateOf(state)).toBe("faulted");
    const before = state.log.lastSeq;
    state = step(
      state,
      {
        kind: "reading",
        uptimeMs: state.uptimeMs + 1,
        reading: { ...chip.reading, gas: { lelPermille: 150, raw: 0 } },
      },
      chip.ports,
    ).state;
    expect(state.log.lastSeq).toBe(before);
    state = step(
      state,
      {
        kind: "reading",
        uptimeMs: state.uptimeMs + 1,
        reading: { ...chip.reading, tamperLoopIntact: false },
      },
      chip.ports,
    ).state;
    expect(state.log.lastSeq).toBe(before + 1);
    const emptied = { ...state, log: { ...state.log, pending: [] } };
    expect(
      powerStateOf(step(emptied, { kind: "tick", uptimeMs: state.uptimeMs + 1 }, chip.ports).state),
    ).toBe("locked");
  });
});
