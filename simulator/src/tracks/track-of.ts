import { placeWithin, shiftPlace } from "../county/place.ts";
import type { DemoMachine, Place } from "../county/types.ts";
import { type Body, restingBody, restingControls } from "../physics/body.ts";
import { driftDeviationMetres, stepFix, stepMotion } from "../physics/surroundings.ts";
import { traitsOf } from "../physics/traits.ts";
import { chance, createRandom, integerBetween, numberBetween, type Random } from "../random.ts";

/** What a chip reported at one moment of weeks: its fix, and whether it was welding. */
export interface TrackFix extends Place {
  atMs: number;
  accuracyMetres: number;
  isArcing: boolean;
}

/** The fixes of one machine, a list a day. */
export type Track = { day: number; fixes: TrackFix[] }[];

interface Stay {
  place: Place;
  days: number;
  /** Away to be repaired: it does not weld there. */
  isRepair?: true;
}

const dayMs = 86_400_000;
/** The receiver's wandering and its losses are minutes long: it is followed for the last minutes before a fix. */
const FIX_STEP_MS = 120_000;

/**
 * A machine's weeks at a coarse rate: where its life takes it, with the noise of its receiver from the same physics
 * as the live simulation, and now and then a fix that is wildly wrong.
 */
export function trackOf(
  machine: DemoMachine,
  seed: number,
  { startMs, days, everyMinutes }: { startMs: number; days: number; everyMinutes: number },
): Track {
  const random = createRandom(`${seed}/${machine.machineId}/track`);
  const traits = traitsOf(machine);
  const plan = daysOf(machine.isMobile ? journeys(random, machine, days) : home(random, machine, days), days);
  const stepMs = everyMinutes * 60_000;
  let body: Body = restingBody(traits, machine.home);
  return plan.map((stay, day) => {
    const isWorkday = day % 7 !== 6 && chance(random, 0.85);
    const fixes: TrackFix[] = [];
    // Seven in the morning to six in the evening; at night many are off the mains and silent.
    for (let minute = 7 * 60; minute < 18 * 60; minute += everyMinutes) {
      const controls = { ...restingControls, destination: stay.place };
      body = {
        ...body,
        ...stepMotion(body, controls, stepMs),
        ...stepFix(body, traits, random, FIX_STEP_MS),
      };
      if (body.fixLostMs > 0) continue;
      const atMs = startMs + day * dayMs + minute * 60_000;
      const isArcing = isWorkday && !stay.isRepair && body.speedMetresPerSecond === 0 && chance(random, 0.5);
      fixes.push({ atMs, isArcing, ...fixOf(random, body, driftDeviationMetres(traits)) });
    }
    return { day, fixes };
  });
}

/** One fix in a hundred is a reflection's: hundreds of metres off, and every second time the receiver does not know. */
function fixOf(random: Random, body: Body, deviation: number): Omit<TrackFix, "atMs" | "isArcing"> {
  const place = shiftPlace(body.place, body.driftEastMetres, body.driftNorthMetres);
  if (!chance(random, 0.01)) return { ...place, accuracyMetres: 2 * deviation };
  const accuracyMetres = chance(random, 0.5) ? 2 * deviation : 300;
  const [east, north] = [numberBetween(random, -3000, 3000), numberBetween(random, -3000, 3000)];
  return { ...shiftPlace(place, east, north), accuracyMetres };
}

/** Jobs of one to six days within fifteen kilometres, with rests at home; some rest for weeks. */
function journeys(random: Random, machine: DemoMachine, days: number): Stay[] {
  const stays: Stay[] = [
    { place: machine.home, days: integerBetween(random, 0, chance(random, 0.1) ? days - 1 : 4) },
  ];
  while (stays.reduce((sum, stay) => sum + stay.days, 0) < days) {
    stays.push({ place: placeWithin(random, machine.home, 15_000), days: integerBetween(random, 1, 6) });
    if (chance(random, 0.4)) stays.push({ place: machine.home, days: integerBetween(random, 1, 5) });
  }
  return stays;
}

/** At home; shifted within the plant; a few moved house once, a few away for repair and back, fewer lent out once. */
function home(random: Random, machine: DemoMachine, days: number): Stay[] {
  const shifted = placeWithin(random, machine.home, 80);
  const until = integerBetween(random, 5, days - 6);
  const fate = random.next();
  const elsewhere = placeWithin(random, machine.home, 5_000);
  if (fate < 0.04) {
    return [
      { place: machine.home, days: until },
      { place: elsewhere, days },
    ];
  }
  if (fate < 0.073) {
    const awayDays = integerBetween(random, 1, 4);
    return [
      { place: machine.home, days: until },
      fate < 0.07
        ? { place: elsewhere, days: awayDays, isRepair: true }
        : { place: elsewhere, days: awayDays },
      { place: machine.home, days },
    ];
  }
  return [
    { place: machine.home, days: until },
    { place: shifted, days },
  ];
}

function daysOf(stays: readonly Stay[], days: number): Stay[] {
  return stays.flatMap((stay) => Array.from({ length: stay.days }, () => stay)).slice(0, days);
}
