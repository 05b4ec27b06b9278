import type { Clock } from "@hanyouxu/protocol";
import type { County } from "../county/types.ts";
import type { Fleet } from "../fleet.ts";
import type { OnlineMachine } from "../online-machine.ts";
import { createRandom, type Random } from "../random.ts";
import { wait } from "../wait.ts";
import { Phone, type PhoneOptions } from "./phone.ts";
import { shareAtWork } from "./shifts.ts";
import { usualHabits, visit, type WorkHabits } from "./visit.ts";
import { type Misconduct, usualMisconduct, type Visitor, Welders } from "./visitors.ts";

export interface CrewOptions {
  county: County;
  fleet: Fleet;
  /** Of the platform's HTTP API. */
  baseUrl: string;
  clock: Clock;
  seed: number | string;
  habits?: Partial<WorkHabits>;
  misconduct?: Partial<Misconduct>;
  /** Share of machines at work at an instant; by default the shifts of the county. */
  share?: (atMs: number) => number;
  /** A demonstration at midnight shall still show somebody at work. */
  leastShare?: number;
  readCode?: PhoneOptions["readCode"];
  /** Of their phones. */
  fetch?: typeof globalThis.fetch;
  /**
   * A visit that failed: no sign-in, a platform that does not answer or dies in mid-answer. The next visit comes all
   * the same. Without this the first failure ends the crew.
   */
  onProblem?(visitor: Visitor, error: unknown): void;
}

export interface Crew {
  /** Everybody goes home; machines under power stay so, as in life. */
  stop(): Promise<void>;
}

const longestGapMs = 600_000;
const firstArrivalsMs = 45_000;

/** The county's people at the fleet's machines. Cast and their machines are left to whoever takes the tour. */
export function startCrew(options: CrewOptions): Crew {
  const going = new AbortController();
  const { county, fleet } = options;
  const cast = new Set<string>([
    ...Object.values(county.cast.machines),
    ...Object.values(county.cast.welders),
  ]);
  const welders = new Welders(county.welders.filter(({ welderId }) => !cast.has(welderId)));
  const phones = new Map<string, Phone>();
  const running: Promise<void>[] = [];
  fleet.onOnline((at) => {
    if (going.signal.aborted || cast.has(at.machine.machineId)) return;
    running.push(workdays(at, welders, phones, options, going.signal));
  });
  return {
    async stop() {
      going.abort();
      await Promise.all(running);
    },
  };
}

/** One machine's days: gaps and visits, until everybody goes home. */
async function workdays(
  at: OnlineMachine,
  welders: Welders,
  phones: Map<string, Phone>,
  options: CrewOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = options;
  const random = createRandom(`${options.seed}/${at.machine.machineId}/crew`);
  const { siteOwners } = options.county;
  const context = { clock, random, habits: { ...usualHabits, ...options.habits }, siteOwners, signal };
  try {
    let isFirst = true;
    while (!signal.aborted) {
      const hasGapEnded = await gap(random, options, isFirst, context.habits, signal);
      isFirst = false;
      if (!hasGapEnded) continue;
      const visitor = welders.callTo(at.machine, random, { ...usualMisconduct, ...options.misconduct });
      if (!visitor) continue;
      try {
        await visit(at, visitor, phoneOf(visitor, phones, options, signal), context);
      } catch (error) {
        if (signal.aborted) return;
        if (!options.onProblem) throw error;
        options.onProblem(visitor, error);
      } finally {
        welders.release(visitor);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Waits for the next visitor: gaps are exponential, so that work takes the shift's share of the time. A gap longer
 * than ten minutes is drawn again after ten, by then perhaps of a busier hour; that changes nothing about the law.
 */
async function gap(
  random: Random,
  { clock, share = shareAtWork, leastShare = 0.08 }: CrewOptions,
  isFirst: boolean,
  habits: WorkHabits,
  signal: AbortSignal,
): Promise<boolean> {
  const sharedNow = Math.min(0.95, Math.max(leastShare, share(clock.nowMs())));
  if (isFirst && random.next() < sharedNow) {
    await wait(clock, random.next() * firstArrivalsMs, signal);
    return true;
  }
  const meanMs = (habits.workMinutes * 60_000 * (1 - sharedNow)) / sharedNow;
  const drawnMs = -meanMs * Math.log(1 - random.next());
  await wait(clock, Math.min(longestGapMs, drawnMs), signal);
  return drawnMs <= longestGapMs;
}

function phoneOf(
  { welder }: Visitor,
  phones: Map<string, Phone>,
  options: CrewOptions,
  signal: AbortSignal,
): Phone {
  const known = phones.get(welder.welderId);
  if (known) return known;
  const { baseUrl, clock, readCode, fetch } = options;
  const phone = new Phone({
    baseUrl,
    phoneNumber: welder.phone,
    clock,
    signal,
    ...(readCode ? { readCode } : {}),
    ...(fetch ? { fetch } : {}),
  });
  phones.set(welder.welderId, phone);
  return phone;
}
