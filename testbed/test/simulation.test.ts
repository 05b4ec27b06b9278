import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SimulationOptions, simulate } from "../src/simulation.ts";
import { faultNames } from "../src/virtual/chaos.ts";
import { emptyDatabase } from "../src/virtual-system.ts";

const LIMIT_MS = 300_000;

/** Whole days and many seeds: `node testbed/src/simulate.ts`, see docs/operations/simulation.md. */
describe("the whole system on virtual time keeps the design's promises", () => {
  let dir: string;
  let snapshot: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    snapshot = await emptyDatabase();
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-simulation-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const run = (options: Omit<SimulationOptions, "dir">) => simulate({ dir, snapshot, ...options });

  test(
    "forty machines on a busy morning",
    async () => {
      const { summary, heldInKeyAreas } = await run({
        seed: 1,
        machines: 40,
        hours: 0.5,
        share: 0.5,
        faults: [],
      });
      expect(summary.powered).toBeGreaterThan(35);
      expect(summary.poweredHours).toBeGreaterThan(5);
      expect(summary.samplesTaken).toBeGreaterThan(2_000);
      // Otherwise the promise about key areas was not put to the test.
      expect(heldInKeyAreas).toBeGreaterThan(3);
    },
    LIMIT_MS,
  );

  test.each([
    { seed: 2, broker: "inside" },
    { seed: 3, broker: "beside" },
  ] as const)(
    "seed $seed, the broker $broker the server: nets, chips, phones, database and server fail",
    async ({ seed, broker }) => {
      const { summary } = await run({
        seed,
        broker,
        machines: 40,
        hours: 0.35,
        share: 0.5,
        faults: faultNames,
        secondsBetweenFaults: 6,
      });
      expect(summary.powered).toBeGreaterThan(15);
      expect(Object.keys(summary.strikes).length).toBeGreaterThan(7);
      expect(summary.strikes["server-kill"]).toBeGreaterThan(1);
    },
    LIMIT_MS,
  );

  test(
    "the same seed gives the same course of events",
    async () => {
      const small = { machines: 6, hours: 0.2, share: 0.8, faults: faultNames, secondsBetweenFaults: 8 };
      const first = await run({ seed: 11, ...small });
      const again = await run({ seed: 11, ...small });
      expect(again.trace).toEqual(first.trace);
      expect(again.summary).toEqual(first.summary);
      expect(first.trace.length).toBeGreaterThan(50);
    },
    LIMIT_MS,
  );
});
