import { ApiError, type SiteChoice } from "@hanyouxu/api";
import type { Clock, Position } from "@hanyouxu/protocol";
import { metresBetween, placeWithin, shiftPlace } from "../county/place.ts";
import type { Place } from "../county/types.ts";
import type { OnlineMachine } from "../online-machine.ts";
import { chance, normal, numberBetween, pick, type Random } from "../random.ts";
import { wait } from "../wait.ts";
import type { Phone } from "./phone.ts";
import type { Visitor } from "./visitors.ts";

/** How people work; the defaults give a demonstration in which something happens every few seconds. */
export interface WorkHabits {
  /** Median of a spell of work; half as long to twice as long are common. */
  workMinutes: number;
  /** Of a hundred welders so many walk away without stopping. */
  forgetsToStop: number;
  /** Of a hundred refused so many wire around the relay. */
  bridgesRelay: number;
  /** Of a hundred mobile machines so many are taken elsewhere after the work. */
  movesOn: number;
}

export const usualHabits: WorkHabits = {
  workMinutes: 10,
  forgetsToStop: 0.08,
  bridgesRelay: 0.04,
  movesOn: 0.4,
};

export interface VisitContext {
  clock: Clock;
  random: Random;
  habits: WorkHabits;
  /** Who has welding done at its place. */
  siteOwners: readonly Place[];
  signal: AbortSignal;
}

const glanceMs = 20_000;
/** Of a hundred rounds of a mobile machine so many lead to a site owner. */
const goesToSiteOwner = 0.7;

/** One person at one machine, from the scan to the walk away. @throws ApiError, or the signal's reason */
export async function visit(
  at: OnlineMachine,
  { intent }: Visitor,
  phone: Phone,
  context: VisitContext,
): Promise<void> {
  const { random, habits } = context;
  const position = phonePosition(at.world.body.place, intent, random);
  const site = at.machine.isMobile ? await siteOf(at, phone, position) : undefined;
  const answer = await phone.start(at.machineCode, position, site);
  if (answer.outcome === "grant") {
    await work(at, phone, answer.workSession.workSessionId, context);
  } else if (intent !== "honest" && chance(random, habits.bridgesRelay)) {
    await weldPastTheRelay(at, context);
  }
}

async function work(
  at: OnlineMachine,
  phone: Phone,
  workSessionId: string,
  context: VisitContext,
): Promise<void> {
  const { clock, random, habits, signal } = context;
  try {
    // The lamp takes a moment; a machine that never lights up is left, and the platform ends what it had granted.
    if (!(await isPoweredWithin(at, 15_000, context))) return;
    at.takeTorch();
    const spellMs = habits.workMinutes * 60_000 * Math.exp(normal(random, 0, 0.5));
    const endsAtMs = clock.nowMs() + spellMs;
    const breakAtMs = chance(random, 0.3)
      ? clock.nowMs() + spellMs * numberBetween(random, 0.3, 0.7)
      : undefined;
    let isBreakDue = breakAtMs !== undefined;
    while (at.isPowered && clock.nowMs() < endsAtMs) {
      await wait(clock, Math.min(glanceMs, Math.max(1, endsAtMs - clock.nowMs())), signal);
      if (isBreakDue && clock.nowMs() >= breakAtMs!) {
        isBreakDue = false;
        at.putTorchDown();
        await wait(clock, numberBetween(random, 60_000, 240_000), signal);
        at.takeTorch();
      }
    }
  } finally {
    at.putTorchDown();
  }
  if (!at.isPowered) return;
  if (chance(random, habits.forgetsToStop)) await whilePowered(at, context);
  else await stop(phone, workSessionId);
  if (at.machine.isMobile && chance(random, habits.movesOn)) moveOn(at, context);
}

/** The platform may have ended the work in the same moment: that is what the person wanted. */
async function stop(phone: Phone, workSessionId: string): Promise<void> {
  try {
    await phone.stop(workSessionId);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
  }
}

async function isPoweredWithin(
  at: OnlineMachine,
  limitMs: number,
  { clock, signal }: VisitContext,
): Promise<boolean> {
  for (let leftMs = limitMs; leftMs > 0 && !at.isPowered; leftMs -= 500) await wait(clock, 500, signal);
  return at.isPowered;
}

/** Nobody is there; the chip's idle limit will end it. */
async function whilePowered(at: OnlineMachine, { clock, signal }: VisitContext): Promise<void> {
  while (at.isPowered) await wait(clock, glanceMs, signal);
}

/** Half a minute of welding with a bridged relay: the chip sees current that it did not let through. */
async function weldPastTheRelay(at: OnlineMachine, { clock, random, signal }: VisitContext): Promise<void> {
  await wait(clock, numberBetween(random, 20_000, 90_000), signal);
  try {
    at.disturb({ isBridged: true, trigger: true });
    await wait(clock, numberBetween(random, 25_000, 45_000), signal);
  } finally {
    at.disturb({ isBridged: false, trigger: false });
  }
}

/** Who works away from home says at whose place: the nearest that the phone offers, or that he does not know. */
async function siteOf(at: OnlineMachine, phone: Phone, position: Position): Promise<SiteChoice | undefined> {
  const { isAsked, nearby } = await phone.siteQuestion(at.machineCode, position);
  if (!isAsked) return undefined;
  const [nearest] = nearby;
  return nearest ? { kind: "named", enterpriseId: nearest.enterpriseId } : { kind: "unknown" };
}

/** How far a mobile machine is taken from where it belongs. */
const roundMetres = 1500;

/** To somebody who has welding done, where one lies within the round, otherwise to nowhere in particular. */
function moveOn(at: OnlineMachine, { random, siteOwners }: VisitContext): void {
  const { home } = at.machine;
  const within = siteOwners.filter((owner) => metresBetween(home, owner) < roundMetres);
  const place =
    within.length > 0 && chance(random, goesToSiteOwner)
      ? placeWithin(random, pick(random, within), 60)
      : placeWithin(random, home, roundMetres);
  at.disturb({ destination: place });
}

/** Where the phone says it is: a few steps from the machine, or kilometres off. */
function phonePosition(machine: Place, intent: Visitor["intent"], random: Random): Position {
  const east = normal(random, 0, 6) + (intent === "from-afar" ? 2500 : 0);
  const place = shiftPlace(machine, east, normal(random, 0, 6));
  return { ...place, accuracyMetres: Math.round(numberBetween(random, 4, 20)) };
}
