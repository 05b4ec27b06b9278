import { distanceMetres } from "@hanyouxu/rules";

/** One fix of a machine's chip. */
export interface MovementFix {
  atMs: number;
  latitudeDegrees: number;
  longitudeDegrees: number;
  accuracyMetres: number;
  /** Whether it was welding. */
  isArcing: boolean;
}

/** A place where a machine stayed on one day. */
export interface DayPlace {
  latitudeDegrees: number;
  longitudeDegrees: number;
  /** Number of fixes there; those with an arc. */
  fixes: number;
  arcFixes: number;
  firstAtMs: number;
}

/** A fix that admits a larger error says nothing about the place. */
export const WORST_ACCURACY_METRES = 80;
/** What lies nearer than this is one place: a plant, a site; far above a receiver's error indoors. */
export const PLACE_METRES = 250;
/** So many fixes in a row make a stay; fewer are a jump of the receiver, or the way. */
const FIXES_OF_A_STAY = 4;
/** No machine is at more places in a day; further ones are of the way. */
const MOST_PLACES = 6;

type Place = Pick<MovementFix, "latitudeDegrees" | "longitudeDegrees">;

/** Where a machine stayed, in the order of its stays, from one day's fixes in the order of time. Jumps are left out. */
export function dayPlaces(fixes: readonly MovementFix[]): DayPlace[] {
  const places: DayPlace[] = [];
  for (const stay of staysOf(fixes.filter(({ accuracyMetres }) => accuracyMetres <= WORST_ACCURACY_METRES))) {
    const centre = medianPlace(stay);
    const known = places.at(-1);
    const arcFixes = stay.filter(({ isArcing }) => isArcing).length;
    if (known && distanceMetres(known, centre) < PLACE_METRES) {
      known.fixes += stay.length;
      known.arcFixes += arcFixes;
    } else if (places.length < MOST_PLACES) {
      places.push({ ...centre, fixes: stay.length, arcFixes, firstAtMs: stay[0]!.atMs });
    }
  }
  return places;
}

/** Runs of fixes near their own beginning's median; a run that is too short is dropped. */
function staysOf(fixes: readonly MovementFix[]): MovementFix[][] {
  const stays: MovementFix[][] = [];
  let stay: MovementFix[] = [];
  let away: MovementFix[] = [];
  let strays = 0;
  let centre: Place | undefined;
  for (const fix of fixes) {
    if (centre && distanceMetres(centre, fix) < PLACE_METRES) {
      stay.push(fix);
      away = [];
      if (stay.length <= 2 * FIXES_OF_A_STAY) centre = medianPlace(stay);
      continue;
    }
    const isSamePlace = away.length === 0 || distanceMetres(medianPlace(away), fix) < PLACE_METRES;
    strays = isSamePlace ? 0 : strays + 1;
    // One stray among them is a jump; two in a row are the next place, or the way there.
    if (strays === 1) continue;
    away = isSamePlace ? [...away, fix] : [fix];
    strays = 0;
    if (away.length < FIXES_OF_A_STAY) continue;
    if (stay.length > 0) stays.push(stay);
    stay = away;
    away = [];
    centre = medianPlace(stay);
  }
  if (stay.length > 0) stays.push(stay);
  return stays;
}

/** The median of each axis: half the fixes may be wrong without moving it far. */
function medianPlace(fixes: readonly Place[]): Place {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {
    latitudeDegrees: middle(fixes.map(({ latitudeDegrees }) => latitudeDegrees)),
    longitudeDegrees: middle(fixes.map(({ longitudeDegrees }) => longitudeDegrees)),
  };
}
