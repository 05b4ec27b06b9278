import { NO_FAULTS } from "@hanyouxu/chip/testing";
import type { OnlineMachine, Random } from "@hanyouxu/simulator";
import { createRandom } from "@hanyouxu/simulator";
import type { VirtualSystem } from "../virtual-system.ts";
import { NO_PHONE_FAULTS } from "./inject-fetch.ts";

/** One kind of mishap; it ends by itself. */
interface Fault {
  weight: number;
  strike(strike: Strike): void;
}

interface Strike {
  system: VirtualSystem;
  random: Random;
  /** One machine of the fleet. */
  victim: OnlineMachine;
  /** Between so many seconds, by the seed. */
  seconds(min: number, max: number): number;
  later(seconds: number, run: () => void): void;
  restart(seconds: number): void;
}

/** How far a chip's own clock is off at most when its power comes back. */
export const LONGEST_CLOCK_STEP_MS = 300_000;

const faults = {
  "bad-link": {
    weight: 6,
    strike({ system, random, victim, seconds, later }) {
      const share = random.next();
      system.broker.disturb(victim.chipId, {
        lossRate: 0.3 * share,
        duplicateRate: 0.3 * random.next(),
        minDelayMs: 0,
        maxDelayMs: Math.floor(4_000 * random.next()),
      });
      later(seconds(30, 300), () => system.broker.disturb(victim.chipId, NO_FAULTS));
    },
  },
  "link-cut": {
    weight: 4,
    strike({ system, victim, seconds, later }) {
      system.broker.partition(victim.chipId, true);
      later(seconds(1, 240), () => system.broker.partition(victim.chipId, false));
    },
  },
  partition: {
    weight: 1,
    strike({ system, random, seconds, later }) {
      const away = system.fleet.machines.filter(() => random.next() < 0.4);
      for (const { chipId } of away) system.broker.partition(chipId, true);
      later(seconds(20, 400), () => {
        for (const { chipId } of away) system.broker.partition(chipId, false);
      });
    },
  },
  "power-cut": {
    weight: 4,
    strike({ random, victim, seconds, later }) {
      if (!victim.hasPower) return;
      // Now and then the supply gives the chip its last milliseconds.
      if (random.next() < 0.3) victim.chip.failPower();
      victim.cutPower();
      later(seconds(2, 200), () => victim.restorePower());
    },
  },
  "clock-step": {
    weight: 2,
    strike({ random, victim, seconds, later }) {
      if (!victim.hasPower) return;
      victim.cutPower();
      const offMs = Math.round((2 * random.next() - 1) * LONGEST_CLOCK_STEP_MS);
      later(seconds(2, 60), () => victim.restorePower(offMs));
    },
  },
  "server-stop": {
    weight: 1,
    strike({ system, seconds, restart }) {
      system.server.stop().then(() => restart(seconds(1, 60)));
    },
  },
  "server-kill": {
    weight: 2,
    strike({ system, random, seconds, restart }) {
      // In the middle of whatever it does next.
      system.gate.arm(1 + Math.floor(random.next() * 25), () => {
        system.note("the server dies");
        system.server.kill().then(() => restart(seconds(1, 90)));
      });
    },
  },
  "commit-fails": {
    weight: 3,
    strike({ system, random }) {
      system.gate.commitFaults.push(random.next() < 0.5 ? "rolled-back" : "in-doubt");
    },
  },
  "database-away": {
    weight: 1,
    strike({ system, random, seconds, later }) {
      system.gate.arm(1 + Math.floor(random.next() * 15), () => {
        system.gate.isAway = true;
        later(seconds(1, 45), () => {
          system.gate.isAway = false;
        });
      });
    },
  },
  "broker-cut-off": {
    weight: 1,
    strike({ system, seconds, later }) {
      system.broker.isCutOff = true;
      later(seconds(1, 60), () => system.broker.reconnect());
    },
  },
  "phones-lose": {
    weight: 3,
    strike({ system, random, seconds, later }) {
      system.setPhoneFaults({ lostRequests: 0.3 * random.next(), lostAnswers: 0.5 * random.next() });
      later(seconds(20, 180), () => system.setPhoneFaults(NO_PHONE_FAULTS));
    },
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

export interface Chaos {
  /** How often each struck. */
  readonly strikes: ReadonlyMap<FaultName, number>;
  /** No more of it, and everything is mended. Resolves when the server is up. */
  heal(): Promise<void>;
}

/** Mishaps by the seed, one in so many seconds on average, until healed. */
export function startChaos(
  system: VirtualSystem,
  options: { seed: number; kinds: readonly FaultName[]; secondsBetween: number },
): Chaos {
  const { clock } = system;
  const random = createRandom(`${options.seed}/chaos`);
  const strikes = new Map<FaultName, number>();
  const kinds = options.kinds.map((name) => ({ name, ...(faults[name] as Fault) }));
  const totalWeight = kinds.reduce((sum, { weight }) => sum + weight, 0);
  let isOver = false;

  const later = (seconds: number, run: () => void) => {
    clock.setTimer(seconds * 1000, () => {
      if (!isOver) run();
    });
  };
  /** As a supervisor does: a start that fails is tried again. */
  const restart = (seconds: number) => later(seconds, () => system.server.start().catch(() => restart(5)));

  function strike(): void {
    let left = random.next() * totalWeight;
    const fault = kinds.find(({ weight }) => {
      left -= weight;
      return left < 0;
    })!;
    const { machines } = system.fleet;
    const victim = machines[Math.floor(random.next() * machines.length)]!;
    const needsServer = fault.name === "server-stop" || fault.name === "server-kill";
    if (needsServer && !system.server.isUp) return;
    strikes.set(fault.name, (strikes.get(fault.name) ?? 0) + 1);
    system.note(`${fault.name} ${victim.machine.machineId}`);
    const seconds = (min: number, max: number) => Math.round(min + random.next() * (max - min));
    fault.strike({ system, random, victim, seconds, later, restart });
  }

  function schedule(): void {
    later(-options.secondsBetween * Math.log(1 - random.next()), () => {
      strike();
      schedule();
    });
  }
  if (kinds.length > 0) schedule();

  return {
    strikes,
    async heal() {
      isOver = true;
      system.gate.disarm();
      system.gate.commitFaults.length = 0;
      system.gate.isAway = false;
      system.setPhoneFaults(NO_PHONE_FAULTS);
      for (const at of system.fleet.machines) {
        system.broker.disturb(at.chipId, NO_FAULTS);
        system.broker.partition(at.chipId, false);
        at.restorePower();
      }
      system.broker.reconnect();
      await system.server.ready();
    },
  };
}
