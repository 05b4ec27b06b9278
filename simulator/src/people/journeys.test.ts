import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryLink } from "@hanyouxu/chip/testing";
import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { openChipIdentity } from "../chip-identity.ts";
import { generateCounty } from "../county/generate-county.ts";
import { metresBetween, shiftPlace } from "../county/place.ts";
import { OnlineMachine } from "../online-machine.ts";
import { startJourneys } from "./journeys.ts";

test("an idle mobile machine is taken into the nearest key area, and home again", async () => {
  const dir = mkdtempSync(join(tmpdir(), "hanyouxu-journeys-"));
  try {
    const clock = new VirtualClock(Date.UTC(2026, 10, 23, 1));
    const machine = generateCounty(330723, "2026-11-23").machines.find(({ isMobile }) => isMobile)!;
    const identity = await openChipIdentity(dir, machine.machineId, async () => ({
      certificatePem: "",
      caPem: "",
      brokerUrl: "",
      platformKeys: [],
      machineCode: "0000000000000000",
    }));
    const at = new OnlineMachine({
      machine,
      identity,
      clock,
      seed: 1,
      storage: "memory",
      link: () => createMemoryLink({ clock, onUplink: () => {} }).link,
      idleReadingMs: 15_000,
      workingReadingMs: 1_000,
      onFailure(_machine, error) {
        throw error;
      },
    });
    const far = { centre: shiftPlace(machine.home, 3_000, 0) };
    const near = { centre: shiftPlace(machine.home, 0, 900) };
    const fleet = {
      machines: [at],
      started: Promise.resolve(),
      onOnline() {},
      machine: () => at,
      async stop() {},
      kill() {},
    };
    const journeys = startJourneys({
      fleet,
      keyAreas: [far, near],
      clock,
      seed: 1,
      spare: new Set(),
      meanMinutesBetween: 1,
    });
    const seen: number[] = [];
    for (let step = 0; step < 12 * 60; step++) {
      clock.advance(5_000);
      // Whoever waits by the clock goes on.
      await new Promise<void>((resolve) => setImmediate(resolve));
      seen.push(metresBetween(at.world.body.place, near.centre));
    }
    const inside = seen.findIndex((metres) => metres < 1);
    expect(inside).toBeGreaterThan(0);
    expect(seen.slice(inside).findIndex((metres) => Math.abs(metres - 900) < 1)).toBeGreaterThan(8 * 12);
    expect(Math.max(...seen)).toBeLessThan(901);
    await journeys.stop();
    await at.chip.stop();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
