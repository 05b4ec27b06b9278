import type { Clock } from "@hanyouxu/protocol";
import { metresBetween } from "../county/place.ts";
import type { DemoKeyArea, Place } from "../county/types.ts";
import type { Fleet } from "../fleet.ts";
import type { OnlineMachine } from "../online-machine.ts";
import { createRandom, numberBetween, pick, type Random } from "../random.ts";
import { wait } from "../wait.ts";

export interface JourneyOptions {
  fleet: Fleet;
  keyAreas: readonly Pick<DemoKeyArea, "centre">[];
  clock: Clock;
  seed: number | string;
  /** Machines that stay. */
  spare: ReadonlySet<string>;
  meanMinutesBetween?: number;
}

/** An electric cart's, see the physics. */
const METRES_PER_SECOND = 8;
/** Farther nobody goes for a job. */
const FARTHEST_METRES = 4_000;

/** Now and then somebody takes an idle mobile machine to a job in a key area near by, and home again later. */
export function startJourneys(options: JourneyOptions): { stop(): Promise<void> } {
  const going = new AbortController();
  const away = new Set<OnlineMachine>();
  const journeys = new Set<Promise<void>>();
  const quietly = (running: Promise<void>) =>
    running.catch((error: unknown) => {
      if (!going.signal.aborted) throw error;
    });
  const running = quietly(leaveNowAndThen());
  return {
    async stop() {
      going.abort();
      await Promise.all([running, ...journeys]);
    },
  };

  async function leaveNowAndThen(): Promise<void> {
    const { fleet, clock, seed, spare, keyAreas, meanMinutesBetween = 3 } = options;
    const random = createRandom(`${seed}/journeys`);
    await fleet.started;
    for (;;) {
      await wait(clock, -meanMinutesBetween * 60_000 * Math.log(1 - random.next()), going.signal);
      const idle = fleet.machines.filter(
        (at) => at.machine.isMobile && !at.isPowered && !away.has(at) && !spare.has(at.machine.machineId),
      );
      if (idle.length === 0) continue;
      const at = pick(random, idle);
      const destination = nearest(keyAreas, at.machine.home);
      if (!destination) continue;
      away.add(at);
      const journey = quietly(there(at, destination, random)).finally(() => {
        away.delete(at);
        journeys.delete(journey);
      });
      journeys.add(journey);
    }
  }

  async function there(at: OnlineMachine, destination: Place, random: Random): Promise<void> {
    const { clock } = options;
    const travelMs = (metresBetween(at.machine.home, destination) / METRES_PER_SECOND) * 1000;
    try {
      at.disturb({ destination });
      await wait(clock, travelMs + numberBetween(random, 8, 20) * 60_000, going.signal);
      // Whoever works finishes first.
      while (at.isPowered) await wait(clock, 60_000, going.signal);
    } finally {
      at.disturb({ destination: at.machine.home });
    }
    await wait(clock, travelMs, going.signal);
  }
}

function nearest(keyAreas: JourneyOptions["keyAreas"], home: Place): Place | undefined {
  const near = keyAreas
    .map(({ centre }) => ({ centre, metres: metresBetween(home, centre) }))
    .sort((a, b) => a.metres - b.metres)[0];
  return near && near.metres <= FARTHEST_METRES ? near.centre : undefined;
}
