import { ApiError, machineRoutes } from "@hanyouxu/api";
import { demoRegulator } from "./regulator.ts";
import { type Chaos, type FaultName, LONGEST_CLOCK_STEP_MS, startChaos } from "./virtual/chaos.ts";
import { startVirtualSystem, type VirtualSystem, type VirtualSystemOptions } from "./virtual-system.ts";

export interface SimulationOptions
  extends Pick<VirtualSystemOptions, "seed" | "machines" | "dir" | "database" | "snapshot" | "broker"> {
  hours: number;
  faults: readonly FaultName[];
  /** Mean time between two mishaps. */
  secondsBetweenFaults?: number;
  /** Share of machines at work; by default the county's shifts, which are quiet for a short run. */
  share?: number;
  onHour?(summary: Summary): void;
}

export interface Summary {
  seed: number;
  virtualHours: number;
  steps: number;
  statements: number;
  /** Times a relay was closed. */
  powered: number;
  poweredHours: number;
  eventsWritten: number;
  samplesTaken: number;
  strikes: Record<string, number>;
}

export interface Simulated {
  summary: Summary;
  trace: string[];
  /** Starts that were not granted because the machine stood in a key area. */
  heldInKeyAreas: number;
}

const HOUR_MS = 3_600_000;
const CHECK_EVERY_MS = HOUR_MS / 4;
/** A forgotten machine runs into its idle limit, a chip's longest pause between attempts and repeats goes by. */
const SETTLE_LIMIT_MS = 2 * HOUR_MS;

/**
 * Some hours of work with mishaps by the seed, then everything is mended, everybody goes home, and the accounts must
 * balance to the last event. @throws InvariantBroken, or an Error when the system does not come to rest
 */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { seed, faults, hours, share, secondsBetweenFaults = 45 } = options;
  await using system = await startVirtualSystem({
    ...options,
    crew: share === undefined ? {} : { share: () => share },
    minutesBetweenIncidents: 6,
    hasKeyAreas: true,
    clockToleranceMs: faults.includes("clock-step") ? LONGEST_CLOCK_STEP_MS : 0,
  });
  const startMs = system.clock.nowMs();
  const chaos = startChaos(system, { seed, kinds: faults, secondsBetween: secondsBetweenFaults });
  for (let leftMs = hours * HOUR_MS; leftMs > 0; leftMs -= CHECK_EVERY_MS) {
    await system.driver.run(Math.min(leftMs, CHECK_EVERY_MS));
    await system.checkPlatform();
    const passedMs = system.clock.nowMs() - startMs;
    if (Math.floor(passedMs / HOUR_MS) * HOUR_MS === passedMs)
      options.onHour?.(summaryOf(system, chaos, seed));
  }
  await bringToRest(system, chaos);
  await system.checkPlatform();
  await checkNothingOpen(system);
  const heldInKeyAreas = await countHeldInKeyAreas(system);
  return { summary: summaryOf(system, chaos, seed), trace: system.trace, heldInKeyAreas };
}

async function bringToRest(system: VirtualSystem, chaos: Chaos): Promise<void> {
  await system.driver.through("everything mended", chaos.heal());
  await system.stopPeople();
  await system.driver.through("remote stops", stopAll(system));
  const isAtRest = () =>
    system.record.openSpans.size === 0 && system.world.machines.every(({ isCaughtUp }) => isCaughtUp);
  await system.driver.until("all relays open, all chips heard out", isAtRest, SETTLE_LIMIT_MS);
  // What the platform gives up by itself, and telemetry on its way.
  await system.driver.run(3 * 60_000);
}

/** Whoever walked away without stopping is stopped by the county's regulator. */
async function stopAll({ url, fetch, record }: VirtualSystem): Promise<void> {
  const regulator = await demoRegulator(url, fetch);
  for (const machineId of record.openSpans.keys()) {
    const body = { reason: "演示：收工" };
    try {
      await regulator.call(machineRoutes.stopMachine, { params: { machineId }, body });
    } catch (error) {
      // By now it may have ended by itself, which the platform knows before or after us.
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
    }
  }
}

async function countHeldInKeyAreas(system: VirtualSystem): Promise<number> {
  const [row] = await system.gate.read<{ count: number }>(
    `select count(*)::int as count from decisions
     where outcome <> 'grant' and reasons @> '[{"ruleId": "key-area-clearance"}]'`,
  );
  return row!.count;
}

/** With every chip heard out no session is in between, and no event is missing. */
async function checkNothingOpen(system: VirtualSystem): Promise<void> {
  const open = await system.gate.read<{ work_session_id: string; status: string }>(
    "select work_session_id, status from work_sessions where status in ('granted', 'energised')",
  );
  const kept = await system.gate.read<{ chip_id: string; count: number }>(
    "select chip_id, count(*)::int as count from chip_events group by chip_id",
  );
  const counts = new Map(kept.map(({ chip_id, count }) => [chip_id, count]));
  const problems = [
    ...open.map(({ work_session_id, status }) => `${work_session_id} stays ${status} for ever`),
    ...[...system.record.events].flatMap(([chipId, written]) =>
      written.size === counts.get(chipId)
        ? []
        : [`${chipId} wrote ${written.size} events, the platform has ${counts.get(chipId) ?? 0}`],
    ),
  ];
  if (problems.length > 0) throw new Error(`seed ${system.seed}, at the end:\n${problems.join("\n")}`);
}

function summaryOf(system: VirtualSystem, chaos: Chaos, seed: number): Summary {
  const { record, clock, driver, gate } = system;
  const poweredMs = record.spans.reduce(
    (sum, span) => sum + (span.openedAtMs ?? clock.nowMs()) - span.closedAtMs,
    0,
  );
  return {
    seed,
    virtualHours: (clock.nowMs() - system.startedAtMs) / HOUR_MS,
    steps: driver.steps,
    statements: gate.statements,
    powered: record.spans.length,
    poweredHours: poweredMs / HOUR_MS,
    eventsWritten: [...record.events.values()].reduce((sum, events) => sum + events.size, 0),
    samplesTaken: [...record.telemetry.values()].reduce((sum, { instants }) => sum + instants.length, 0),
    strikes: Object.fromEntries(chaos.strikes),
  };
}
