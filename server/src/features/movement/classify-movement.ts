import { distanceMetres } from "@hanyouxu/rules";
import { type DayPlace, PLACE_METRES } from "./day-places.ts";

export interface MovementDay {
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  day: string;
  places: readonly DayPlace[];
}

/** Why a machine is taken to be mobile or fixed: figures a person can check on the map. */
export interface Mobility {
  /** Null: too few days to say. */
  isMobile: boolean | null;
  /** Places where it welded, the one of most days first. */
  workPlaces: { latitudeDegrees: number; longitudeDegrees: number; days: number }[];
  /** Changes from one working place to another. */
  moves: number;
  /** From the main working place to the farthest, metres. */
  farthestMetres: number;
  /** Days known; of these with welding. */
  days: number;
  workedDays: number;
  fromDay: string | null;
  toDay: string | null;
}

const FEWEST_DAYS = 3;
/** Moved once is moved house; moved and moved again is going from site to site. */
const FEWEST_MOVES = 2;

/**
 * Fixed or mobile, from the days known in order of time. Only places where the machine welded count: one that went to
 * be repaired and came back has not worked anywhere else.
 */
export function classifyMovement(days: readonly MovementDay[]): Mobility {
  const places: { latitudeDegrees: number; longitudeDegrees: number; days: number; lastDay: string }[] = [];
  let at = -1;
  let moves = 0;
  for (const { day, places: stays } of days) {
    for (const stay of stays) {
      if (stay.arcFixes === 0) continue;
      let index = places.findIndex((place) => distanceMetres(place, stay) < PLACE_METRES);
      if (index < 0) {
        index = places.length;
        const { latitudeDegrees, longitudeDegrees } = stay;
        places.push({ latitudeDegrees, longitudeDegrees, days: 0, lastDay: "" });
      }
      const place = places[index]!;
      if (place.lastDay !== day) place.days++;
      place.lastDay = day;
      if (at >= 0 && index !== at) moves++;
      at = index;
    }
  }
  places.sort((a, b) => b.days - a.days);
  const workedDays = days.filter(({ places: stays }) => stays.some(({ arcFixes }) => arcFixes > 0)).length;
  return {
    isMobile: workedDays < FEWEST_DAYS ? null : moves >= FEWEST_MOVES,
    workPlaces: places.map(({ lastDay: _lastDay, ...place }) => place),
    moves,
    farthestMetres: Math.round(Math.max(0, ...places.map((place) => distanceMetres(places[0]!, place)))),
    days: days.length,
    workedDays,
    fromDay: days[0]?.day ?? null,
    toDay: days.at(-1)?.day ?? null,
  };
}
