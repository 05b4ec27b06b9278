import { FakeChip } from "@hanyouxu/chip/testing";
import { describe, expect, it } from "vitest";
import { powerStateOf } from "../welding/power-state.ts";
import { runChip } from "./run-chip.ts";

function bodyOf(chip: FakeChip) {
  return {
    ports: chip.ports,
    clock: chip.clock,
    storage: chip.storage,
    link: chip.memory.link,
    rtcMs: chip.clock.nowMs(),
  };
}

describe("a running chip", () => {
  it("opens the relay and stands still when its flash fails, and says so", () => {
    const fake = new FakeChip({ isPowered: false });
    const relay: boolean[] = [];
    const failures: unknown[] = [];
    let isBroken = false;
    const chip = runChip({
      ...bodyOf(fake),
      storage: {
        ...fake.storage,
        persist(events, snapshot) {
          if (isBroken) throw new Error("no space left");
          fake.storage.persist(events, snapshot);
        },
      },
      sensors: () => fake.reading,
      setRelay: (closed) => relay.push(closed),
      onFailure: (error) => failures.push(error),
    });
    fake.advance(2_000);
    expect(fake.grant()).toBe("accepted");
    expect(relay.at(-1)).toBe(true);
    isBroken = true;
    expect(fake.grant()).toBeUndefined();
    expect(relay.at(-1)).toBe(false);
    expect(failures).toHaveLength(1);
    fake.advance(600_000);
    expect(relay.at(-1)).toBe(false);
    expect(fake.memory.isUp).toBe(false);
    expect(chip.state().relayClosed).toBe(true);
  });

  it("never closes the relay or answers before the reason is durable", () => {
    const fake = new FakeChip().goOnline();
    fake.effects.length = 0;
    fake.grant();
    expect(fake.effects.map((effect) => effect.kind)).toEqual([
      "persist",
      "relay",
      "publish",
      "publish",
      "publish",
      "publish",
      "indicator",
    ]);
  });

  it("opens the relay before anything else", () => {
    const fake = new FakeChip().goOnline();
    fake.grant();
    fake.effects.length = 0;
    fake.sense({ tamperLoopIntact: false });
    expect(fake.effects[0]).toEqual({ kind: "relay", closed: false });
  });

  it("looks at its sensors every second at work and every ten at rest, on one timer", () => {
    const fake = new FakeChip({ isPowered: false });
    let looks = 0;
    const chip = runChip({
      ...bodyOf(fake),
      sensors: () => {
        looks += 1;
        return fake.reading;
      },
      setRelay: () => {},
    });
    fake.advance(2_000);
    looks = 0;
    fake.advance(100_000);
    expect(looks).toBe(10);
    expect(fake.grant({ idleLimitSeconds: 3_000 })).toBe("accepted");
    looks = 0;
    fake.advance(100_000);
    expect(looks).toBe(100);
    expect(powerStateOf(chip.state())).toBe("energised");
    chip.kill();
    const due = fake.clock.nextDueMs();
    expect(due).toBeUndefined();
  });

  it("lets the relay fall open and stays silent when it is killed", () => {
    const fake = new FakeChip().goOnline();
    fake.grant();
    fake.killPower();
    expect(fake.relayClosed).toBe(false);
    const told = fake.uplink.batches.length;
    fake.advance(600_000);
    expect(fake.uplink.batches).toHaveLength(told);
    expect(fake.uplink.kinds).not.toContain("de-energised");
  });
});
