import { FakeChip } from "@hanyouxu/chip/testing";
import { describe, expect, it } from "vitest";
import { clockTrust, VERIFIED_FOR_MS, wallClockMs } from "../clock.ts";

function clockErrorMs(chip: FakeChip): number {
  chip.chip.senseNow();
  return wallClockMs(chip.state)! - chip.clock.nowMs();
}

describe("the chip's clock", () => {
  it("is unknown without a battery, then told under the nonce of the hello", () => {
    const chip = new FakeChip({ rtc: "none" });
    expect(clockTrust(chip.state)).toBe("unknown");
    chip.goOnline();
    expect(clockTrust(chip.state)).toBe("verified");
    expect(clockErrorMs(chip)).toBe(0);
    expect(chip.uplink.kinds).not.toContain("clock-stepped");
  });

  it("adds half of the round trip", () => {
    const chip = new FakeChip({ rtc: "none" });
    chip.memory.faults = { ...chip.memory.faults, minDelayMs: 400, maxDelayMs: 400 };
    chip.advance(10_000);
    expect(clockErrorMs(chip)).toBe(0);
  });

  it("believes no time under a wrong, a used or an old nonce", () => {
    const chip = new FakeChip({ rtc: "none" });
    chip.tellsTime = false;
    chip.goOnline();
    chip.tellTime("00".repeat(8));
    chip.advance(0);
    expect(wallClockMs(chip.state)).toBeNull();
    const { nonce } = chip.uplink.hellos.at(-1)!;
    chip.tellTime(nonce);
    chip.advance(0);
    const told = wallClockMs(chip.state);
    chip.tellTime(nonce, chip.clock.nowMs() + 3_600_000);
    chip.advance(0);
    expect(wallClockMs(chip.state)).toBe(told);

    const late = new FakeChip({ rtc: "none" });
    late.tellsTime = false;
    late.goOnline();
    const old = late.uplink.hellos.at(-1)!.nonce;
    late.advance(29_000);
    late.tellTime(old);
    late.advance(0);
    expect(wallClockMs(late.state)).toBeNull();
  });

  it("asks again, less and less often, until somebody answers", () => {
    const chip = new FakeChip({ rtc: "none" });
    chip.tellsTime = false;
    chip.advance(3_600_000);
    const { hellos } = chip.uplink;
    expect(hellos.length).toBeGreaterThan(5);
    expect(hellos.length).toBeLessThan(15);
    expect(new Set(hellos.map((hello) => hello.nonce)).size).toBe(hellos.length);
  });

  it("never goes back past a time already proven, not even over a boot", () => {
    const chip = new FakeChip().goOnline();
    const provenMs = chip.state.clock.highWaterMs;
    chip.tellsTime = false;
    chip.memory.cut();
    chip.advance(5_000);
    chip.tellTime(chip.uplink.hellos.at(-1)!.nonce, provenMs - 3_600_000);
    chip.advance(0);
    expect(clockErrorMs(chip)).toBe(0);
    chip.reboot();
    expect(chip.state.clock.highWaterMs).toBe(provenMs);
  });

  it("distrusts a battery-backed clock that has fallen behind a proven time", () => {
    const chip = new FakeChip({ rtc: "faulty" }).goOnline();
    expect(clockTrust(chip.state)).toBe("verified");
    chip.tellsTime = false;
    chip.reboot();
    expect(clockTrust(chip.state)).toBe("unknown");
  });

  it("drifts when nobody has told the time for long, and asks before that", () => {
    const chip = new FakeChip().goOnline();
    chip.advance(VERIFIED_FOR_MS + 60_000);
    expect(clockTrust(chip.state)).toBe("verified");
    chip.tellsTime = false;
    chip.advance(2 * VERIFIED_FOR_MS);
    expect(clockTrust(chip.state)).toBe("drifting");
    expect(clockErrorMs(chip)).toBe(0);
  });

  it("reports a step of more than two seconds", () => {
    const chip = new FakeChip();
    chip.tellsTime = false;
    chip.goOnline();
    chip.chip.senseNow();
    const { nonce, uptimeMs } = chip.uplink.hellos.at(-1)!;
    const fromMs = chip.clock.nowMs();
    chip.tellTime(nonce, fromMs + 10_000);
    chip.advance(0);
    const roundTripMs = chip.state.uptimeMs - uptimeMs;
    expect(chip.uplink.events.find((event) => event.kind === "clock-stepped")?.data).toEqual({
      fromMs,
      toMs: fromMs + 10_000 + Math.floor(roundTripMs / 2),
    });
  });
});
