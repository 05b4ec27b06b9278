import { FakeChip } from "@hanyouxu/chip/testing";
import type { Grant } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { powerStateOf } from "./power-state.ts";

const ARC = { arcCurrentDeciamps: 1_500, voltageDecivolts: 250 };
const NO_CURRENT = { arcCurrentDeciamps: 0, voltageDecivolts: 700 };

function working(changes?: Partial<Grant>): FakeChip {
  const chip = new FakeChip().goOnline();
  expect(chip.grant(changes)).toBe("accepted");
  return chip;
}

function endOf(chip: FakeChip) {
  return chip.uplink.events.findLast((event) => event.kind === "de-energised")?.data;
}

describe("arcs", () => {
  it("are counted once through a stumble, and not at all for a touch", () => {
    const chip = working();
    chip.sense(ARC);
    chip.advance(100);
    chip.sense(NO_CURRENT);
    chip.advance(5_000);
    expect(chip.state.work?.arcCount).toBe(0);
    chip.sense(ARC);
    chip.advance(3_000);
    chip.sense(NO_CURRENT);
    chip.advance(500);
    chip.sense(ARC);
    chip.advance(3_000);
    chip.sense(NO_CURRENT);
    chip.advance(3_000);
    expect(chip.state.work).toMatchObject({ arcCount: 1, arcMs: 6_500 });
  });

  it("need more current to strike than to go on", () => {
    const chip = working();
    chip.sense({ arcCurrentDeciamps: 120 });
    chip.advance(5_000);
    expect(chip.state.arc.isOn).toBe(false);
    chip.sense({ arcCurrentDeciamps: 200 });
    chip.advance(2_000);
    chip.sense({ arcCurrentDeciamps: 120 });
    chip.advance(5_000);
    expect(chip.state.arc.isOn).toBe(true);
    expect(powerStateOf(chip.state)).toBe("arcing");
  });

  it("are summed up every five minutes in which there was one", () => {
    const chip = working({ validSeconds: 3_600, idleLimitSeconds: 3_000 });
    chip.sense(ARC);
    chip.advance(301_000);
    chip.sense(NO_CURRENT);
    chip.advance(1_500_000);
    const summaries = chip.uplink.events.filter((event) => event.kind === "arc-summary");
    expect(summaries).toHaveLength(2);
    expect(summaries[0]!.data).toMatchObject({ energisedMs: 300_000, arcMs: 300_000, arcCount: 1 });
  });
});

describe("the end of work", () => {
  it("comes at once without an arc when the grant runs out", () => {
    const chip = working({ validSeconds: 100 });
    chip.advance(99_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(1_001);
    expect(chip.relayClosed).toBe(false);
    expect(endOf(chip)).toMatchObject({ reason: "grant-expired", arcMs: 0 });
  });

  it("waits for the arc in hand and lets no other begin", () => {
    const chip = working({ validSeconds: 100 });
    chip.sense(ARC);
    chip.advance(130_000);
    expect(chip.relayClosed).toBe(true);
    expect(powerStateOf(chip.state)).toBe("cooling");
    chip.sense(NO_CURRENT);
    chip.advance(1_500);
    expect(chip.relayClosed).toBe(false);
    expect(endOf(chip)).toMatchObject({ reason: "grant-expired", arcMs: 130_000, arcCount: 1 });
  });

  it("waits no longer than the configured grace", () => {
    const chip = working({ validSeconds: 100 });
    chip.sense(ARC);
    chip.advance(100_000 + chip.state.configuration.arcGraceSeconds * 1000 - 1_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(2_000);
    expect(chip.relayClosed).toBe(false);
  });

  it("comes by the limit of energised time and by idleness", () => {
    const limited = working({ maxEnergisedSeconds: 60 });
    limited.advance(60_000);
    expect(endOf(limited)).toMatchObject({ reason: "energised-limit", energisedMs: 60_000 });

    const idle = working({ idleLimitSeconds: 90 });
    idle.advance(60_000);
    idle.sense(ARC);
    idle.advance(200_000);
    idle.sense(NO_CURRENT);
    idle.advance(89_000);
    expect(idle.relayClosed).toBe(true);
    idle.advance(2_000);
    expect(endOf(idle)).toMatchObject({ reason: "idle", energisedMs: 350_000 });
  });

  it.each(["tamper", "gas", "emergency", "locked"] as const)(
    "by a revocation for %s cuts the arc",
    (reason) => {
      const chip = working();
      chip.sense(ARC);
      chip.advance(5_000);
      const { workSessionId } = chip.state.work!.grant;
      expect(chip.order({ kind: "revoke", workSessionId, reason })).toBe("accepted");
      expect(chip.relayClosed).toBe(false);
      expect(endOf(chip)).toMatchObject({ reason, arcMs: 5_000 });
    },
  );

  it.each(["stopped", "grant-expired", "fence", "watch-absent"] as const)(
    "by a revocation for %s lets the arc end",
    (reason) => {
      const chip = working();
      chip.sense(ARC);
      chip.advance(5_000);
      const { workSessionId } = chip.state.work!.grant;
      expect(chip.order({ kind: "revoke", workSessionId, reason })).toBe("accepted");
      chip.advance(5_000);
      expect(chip.relayClosed).toBe(true);
      chip.sense(NO_CURRENT);
      chip.advance(1_500);
      expect(chip.relayClosed).toBe(false);
      expect(endOf(chip)).toMatchObject({ reason, arcMs: 10_000 });
    },
  );

  it("does not come sooner because the clock is set back, nor later", () => {
    const chip = working({ validSeconds: 600, idleLimitSeconds: 900 });
    chip.tellsTime = false;
    const { highWaterMs } = chip.state.clock;
    chip.advance(300_000);
    chip.memory.cut();
    chip.advance(5_000);
    chip.tellTime(chip.uplink.hellos.at(-1)!.nonce, highWaterMs);
    chip.advance(294_000);
    expect(chip.relayClosed).toBe(true);
    chip.advance(2_000);
    expect(endOf(chip)).toMatchObject({ reason: "grant-expired", energisedMs: 600_000 });
  });

  it("a lock opens the relay at once and keeps it open", () => {
    const chip = working();
    chip.sense(ARC);
    chip.advance(3_000);
    expect(chip.order({ kind: "lock", locked: true })).toBe("accepted");
    expect(chip.relayClosed).toBe(false);
    expect(endOf(chip)).toMatchObject({ reason: "locked" });
    expect(chip.grant()).toBe("locked");
  });
});

describe("a loss of power", () => {
  it("leaves at most the last minute out of the record and never resumes the work", () => {
    const chip = working({ validSeconds: 3_600 });
    const { workSessionId } = chip.state.work!.grant;
    chip.sense(ARC);
    chip.advance(150_000);
    chip.sense({ arcCurrentDeciamps: 0 });
    chip.reboot();
    expect(chip.relayClosed).toBe(false);
    chip.advance(60_000);
    expect(chip.relayClosed).toBe(false);
    const end = chip.uplink.events.find((event) => event.kind === "de-energised")!;
    expect(end.data).toMatchObject({ workSessionId, reason: "power-lost" });
    expect((end.data as { energisedMs: number }).energisedMs).toBeGreaterThanOrEqual(90_000);
    expect(chip.uplink.kinds).toContain("power-lost");
    chip.verifyUplink();
  });

  it("that announces itself loses nothing", () => {
    const chip = working();
    chip.sense(ARC);
    chip.advance(33_000);
    chip.chip.failPower();
    expect(chip.relayClosed).toBe(false);
    chip.reboot();
    chip.advance(10_000);
    expect(chip.uplink.events.filter((event) => event.kind === "de-energised")).toHaveLength(1);
    expect(endOf(chip)).toMatchObject({ reason: "power-lost", energisedMs: 33_000, arcMs: 33_000 });
    chip.verifyUplink();
  });
});
