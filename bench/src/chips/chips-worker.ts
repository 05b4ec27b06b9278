/** The chips and phones of a bench: some are the real program, the rest their radio side alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@hanyouxu/chip/hosts/node";
import { type DemoMachine, type Fleet, openChipIdentity, startFleet } from "@hanyouxu/simulator";
import { demoInstaller } from "@hanyouxu/testbed";
import type { RunningPlatform } from "../platform/platform.ts";
import { answerQuestions, monotonicMs } from "../worker.ts";
import type { ChipsTask, FloodDone, FloodTask, StartsDone, StartsTask } from "./chips.ts";
import { LightChip } from "./light-chip.ts";
import { sendOnAndOn, TelemetryAtRate } from "./load.ts";
import { ScanningPhone, type ScanTrace } from "./scanning-phone.ts";
import { type StormTask, storm } from "./storm.ts";
import { ChipTraces } from "./tapped-link.ts";

const dir = mkdtempSync(join(tmpdir(), "hanyouxu-bench-chips-"));
const traces = new ChipTraces();
const lightChips: LightChip[] = [];
const phones: ScanningPhone[] = [];
let fleet: Fleet | undefined;

const ENERGISED_MS = 400;
const AT_ONCE = 8;

async function open({ platform, chipFlash }: ChipsTask): Promise<void> {
  const enrol = demoInstaller(platform.url, systemClock);
  await openRealChips(platform, chipFlash, enrol);
  await forEachOf(platform.others, async (machine: DemoMachine) => {
    const identity = await openChipIdentity(dir, machine.machineId, enrol);
    lightChips.push(await LightChip.connect(identity, machine));
  });
  for (const { machine, welder } of platform.jobs) {
    phones.push(new ScanningPhone(platform.url, welder, fleet!.machine(machine.machineId)!, systemClock));
  }
  await forEachOf(phones, (phone) => phone.signIn());
}

async function openRealChips(
  { jobs }: RunningPlatform,
  chipFlash: ChipsTask["chipFlash"],
  enrol: ReturnType<typeof demoInstaller>,
): Promise<void> {
  const problems: unknown[] = [];
  fleet = startFleet({
    machines: jobs.map(({ machine }) => machine),
    dir,
    clock: systemClock,
    seed: 1,
    enrol,
    storage: chipFlash,
    link: (identity) => traces.tappedLink(identity),
    bootGapMs: 0,
    onFailure: (_machine, error) => problems.push(error),
  });
  await fleet.started;
  if (problems.length > 0) throw problems[0];
  await until(() => traces.acknowledged.size === jobs.length, "the platform does not know every chip");
}

async function runStarts(task: StartsTask): Promise<StartsDone> {
  const telemetry = new TelemetryAtRate(lightChips, task.samplesPerSecond, task.samplesPerMessage);
  const free = [...phones];
  const scans: ScanTrace[] = [];
  const failures: Record<string, number> = {};
  const running = new Set<Promise<void>>();
  const startedMs = monotonicMs();
  for (let index = 0; index < task.starts; index++) {
    // Asked by the clock, not after the one before: a slow platform must not slow its own load down.
    const dueAtMs = startedMs + (index / task.startsPerSecond) * 1000;
    await sleep(dueAtMs - monotonicMs());
    while (free.length === 0) await Promise.race(running);
    const phone = free.shift()!;
    const work = phone
      .work(dueAtMs, ENERGISED_MS)
      .then(
        (scan) => void scans.push(scan),
        (error: Error) => {
          failures[error.message] = (failures[error.message] ?? 0) + 1;
        },
      )
      .finally(() => {
        free.push(phone);
        running.delete(work);
      });
    running.add(work);
  }
  await Promise.all(running);
  const seconds = (monotonicMs() - startedMs) / 1000;
  const samplesSent = await telemetry.stop();
  return { scans, chips: Object.fromEntries(traces.bySession), failures, samplesSent, seconds };
}

async function flood(task: FloodTask): Promise<FloodDone> {
  return await sendOnAndOn(lightChips, task);
}

/** Some at a time, in order. */
async function forEachOf<Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function until(isTrue: () => boolean, otherwise: string): Promise<void> {
  const giveUpAtMs = monotonicMs() + 60_000;
  while (!isTrue()) {
    if (monotonicMs() > giveUpAtMs) throw new Error(otherwise);
    await sleep(20);
  }
}

function sleep(delayMs: number): Promise<void> {
  return delayMs <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, delayMs));
}

answerQuestions({
  open,
  runStarts,
  flood,
  storm: (task: StormTask) => storm(lightChips, task),
  async stop() {
    for (const chip of lightChips) chip.end();
    await fleet?.stop();
    rmSync(dir, { recursive: true, force: true });
  },
});
