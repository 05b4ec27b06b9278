import { FakeChip } from "@hanyouxu/chip/testing";
import { describe, expect, it } from "vitest";

describe("a chip from boot to the end of work", () => {
  it("boots with the relay open, connects, says hello and learns the time", () => {
    const chip = new FakeChip({ rtc: "none" });
    expect(chip.effects[0]).toEqual({ kind: "relay", closed: false });
    expect(chip.state.clock.base).toBeNull();
    chip.goOnline();
    expect(chip.uplink.hellos).toHaveLength(1);
    expect(chip.state.clock.base).not.toBeNull();
    expect(chip.uplink.kinds).toEqual(["booted"]);
    expect(chip.state.log.pending).toEqual([]);
  });

  it("closes the relay for a grant, counts the arcs, opens it when stopped and signs the record", () => {
    const chip = new FakeChip().goOnline();
    const grant = chip.platform.grant();
    expect(chip.order(grant)).toBe("accepted");
    expect(chip.relayClosed).toBe(true);
    expect(chip.uplink.answers.at(-1)).toMatchObject({ result: "accepted", relayClosed: true });

    chip.sense({ arcCurrentDeciamps: 1_500, voltageDecivolts: 250 });
    chip.advance(20_000);
    chip.sense({ arcCurrentDeciamps: 0, voltageDecivolts: 700 });
    chip.advance(5_000);
    expect(chip.order({ kind: "revoke", workSessionId: grant.workSessionId, reason: "stopped" })).toBe(
      "accepted",
    );
    expect(chip.relayClosed).toBe(false);

    expect(chip.uplink.kinds).toEqual(["booted", "granted", "energised", "de-energised", "checkpoint"]);
    const ended = chip.uplink.events.find((event) => event.kind === "de-energised");
    expect(ended?.data).toEqual({
      workSessionId: grant.workSessionId,
      reason: "stopped",
      energisedMs: 25_000,
      arcMs: 20_000,
      arcCount: 1,
      // 150 A × 25 V × 20 s
      energyKilojoules: 75,
      peakDeciamps: 1_500,
    });
    chip.verifyUplink();
  });
});
