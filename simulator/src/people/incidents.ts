import type { Clock } from "@hanyouxu/protocol";
import type { DemoMachine } from "../county/types.ts";
import type { Fleet } from "../fleet.ts";
import type { OnlineMachine } from "../online-machine.ts";
import { createRandom, numberBetween, pick, type Random } from "../random.ts";
import { wait } from "../wait.ts";

export interface IncidentOptions {
  fleet: Fleet;
  clock: Clock;
  seed: number | string;
  /** Machines nothing shall happen to. */
  spare: ReadonlySet<string>;
  /** On average over the whole fleet. */
  meanMinutesBetween?: number;
  /** Somebody looks at the place after a leak, so that the machine may work again. */
  inspect?(machine: DemoMachine): Promise<void>;
}

/** Things that happen now and then: a housing opened, a leak of gas. */
export function startIncidents(options: IncidentOptions): { stop(): Promise<void> } {
  const going = new AbortController();
  const running = happen(options, going.signal).catch((error: unknown) => {
    if (!going.signal.aborted) throw error;
  });
  return {
    async stop() {
      going.abort();
      await running;
    },
  };
}

async function happen(options: IncidentOptions, signal: AbortSignal): Promise<void> {
  const { fleet, clock, seed, spare, meanMinutesBetween = 4 } = options;
  const random = createRandom(`${seed}/incidents`);
  await fleet.started;
  while (!signal.aborted) {
    await wait(clock, -meanMinutesBetween * 60_000 * Math.log(1 - random.next()), signal);
    const candidates = fleet.machines.filter(({ machine }) => !spare.has(machine.machineId));
    if (candidates.length > 0) await incident(pick(random, candidates), random, options, signal);
  }
}

/** Gas needs this long to disperse; then somebody has come. */
const INSPECTED_AFTER_MS = 90_000;

async function incident(
  at: OnlineMachine,
  random: Random,
  { clock, inspect }: IncidentOptions,
  signal: AbortSignal,
): Promise<void> {
  const isLeak = at.world.traits.hasGasSensor && random.next() < 0.6;
  try {
    at.disturb(isLeak ? { leakPercentLel: numberBetween(random, 12, 35) } : { isLoopCut: true });
    await wait(clock, numberBetween(random, 60_000, 180_000), signal);
  } finally {
    at.disturb({ leakPercentLel: 0, isLoopCut: false });
  }
  if (!isLeak) return;
  await wait(clock, INSPECTED_AFTER_MS, signal);
  await inspect?.(at.machine);
}
