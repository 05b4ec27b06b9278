import type { DemoMachine, Random } from "@hanyouxu/simulator";
import { createRandom } from "@hanyouxu/simulator";
import { WeldedMachine } from "./welded-machine.ts";

/** How somebody welds without a grant. */
export const CHEATS = ["bridge", "bridge-past-sensor", "welded-contacts", "cut-out-chip"] as const;
export type Cheat = (typeof CHEATS)[number];

/** Somebody who has not been noticed after this long counts as missed. */
const LIMIT_MS = 900_000;

export interface CheatOutcome {
  /** From the first arc, or from the chip's return, to what it told; null: missed. */
  seconds: number | null;
  /** By what. */
  kind: string | null;
}

/** One machine on a working day until somebody cheats, and until that is noticed. */
export function cheatOn(machine: DemoMachine, cheat: Cheat, seed: number, startMs: number): CheatOutcome {
  const random = createRandom(`${seed}/cheat`);
  const welded = new WeldedMachine(machine, seed, startMs);
  const { clock, at } = welded;
  welded.start(28_000);
  welded.pass(600_000 + random.next() * 600_000);
  if (cheat === "welded-contacts") at.disturb({ hasWeldedContacts: true });
  welded.stop();
  at.putTorchDown();
  welded.pass(60_000 + random.next() * 240_000);
  welded.suspicions.length = 0;
  const sinceMs = begin(welded, cheat, random);
  const limitMs = sinceMs + LIMIT_MS;
  while (welded.suspicions.length === 0 && clock.nowMs() < limitMs) clock.advance(1_000);
  const [first] = welded.suspicions;
  at.chip.kill();
  return first ? { seconds: (first.atMs - sinceMs) / 1000, kind: first.kind } : { seconds: null, kind: null };
}

/** @returns when it could be noticed first: the first arc, or the chip's return */
function begin(welded: WeldedMachine, cheat: Cheat, random: Random): number {
  const { clock, at } = welded;
  if (cheat === "cut-out-chip") {
    at.cutPower();
    at.world.change(clock.nowMs(), { relayClosed: false, isBridged: true });
    at.takeTorch();
    welded.pass(1_200_000 + random.next() * 2_400_000);
    at.putTorchDown();
    at.world.change(clock.nowMs(), { isBridged: false });
    at.restorePower();
    return clock.nowMs();
  }
  if (cheat !== "welded-contacts") {
    at.world.change(clock.nowMs(), { isBridged: true, isSensorBridged: cheat === "bridge-past-sensor" });
  }
  at.takeTorch();
  while (at.world.body.arcMs === 0) {
    clock.advance(200);
    at.world.read(clock.nowMs());
  }
  return clock.nowMs();
}
