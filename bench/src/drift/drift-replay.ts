import type { FenceShape, Observation } from "@hanyouxu/server/fence";
import { createRandom, type Random, shiftPlace } from "@hanyouxu/simulator";

/** A day of one machine around one key area: what is true, and what its receiver made of it. */
export interface DriftReplay {
  seed: number;
  area: FenceShape;
  observations: Observation[];
  /** The true crossings of the area's edge, in order. */
  crossings: Crossing[];
  fixes: number;
}

export interface Crossing {
  kind: "entered" | "left";
  atMs: number;
  /** An exit that is more than a step over the edge: truly this far away within half a minute. */
  isClear?: boolean;
}

const CLEAR_METRES = 25;
const CLEAR_WITHIN_MS = 30_000;

/** As chips report while they work. */
const SAMPLE_MS = 10_000;
const STEP_MS = 1_000;
const CENTRE = { latitudeDegrees: 28.9, longitudeDegrees: 119.8 };

/** Metres east and north of the area's middle. */
type Point = [eastMetres: number, northMetres: number];

interface Leg {
  to: Point;
  metresPerSecond: number;
  /** How long it stays there. */
  restSeconds: number;
  sky: "open" | "street" | "indoors";
}

const between = (random: Random, min: number, max: number) => min + random.next() * (max - min);
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/**
 * Urban satellite reception as receivers show it: correlated wander (Ornstein–Uhlenbeck, a minute), reflections that
 * shift the place by 20–80 m for minutes and are only half admitted in the stated error, single fixes far off, roofs
 * under which there is no fix or a bad one; and a sense of motion that is wrong one time in twenty. The machine drives
 * in and out, is carted, rests inside, indoors, and beside the fence.
 */
export function driftReplay(seed: number, hours = 8): DriftReplay {
  const random = createRandom(`fence-drift/${seed}`);
  const corners = outline(random);
  const receiver = new Receiver(random);
  const observations: Observation[] = [];
  const crossings: Crossing[] = [];
  let place: Point = pointOutside(random, corners, 250, 450);
  let atMs = 0;
  let isIn = false;
  const legs = legsOf(random, corners, hours);
  for (const leg of legs) {
    const [dx, dy] = [leg.to[0] - place[0], leg.to[1] - place[1]];
    const metres = Math.hypot(dx, dy);
    const steps = Math.ceil(metres / leg.metresPerSecond);
    const from = place;
    for (let step = 1; step <= steps + leg.restSeconds; step++) {
      const share = Math.min(1, step / steps);
      place = [from[0] + dx * share, from[1] + dy * share];
      atMs += STEP_MS;
      const isInNow = contains(corners, place);
      if (isInNow !== isIn) crossings.push({ kind: isInNow ? "entered" : "left", atMs });
      isIn = isInNow;
      const latest = crossings.at(-1);
      if (latest?.kind === "left" && atMs - latest.atMs <= CLEAR_WITHIN_MS && !latest.isClear) {
        if (metresFrom(corners, place) >= CLEAR_METRES) latest.isClear = true;
      }
      const isMoving = step <= steps;
      receiver.step(isMoving ? "street" : leg.sky);
      if (atMs % SAMPLE_MS === 0) {
        const fix = receiver.fixOf(place);
        const isFelt = random.next() < 0.05 ? !isMoving : isMoving;
        observations.push({ atMs, fix, isMoving: isFelt });
      }
    }
  }
  const ring = corners.map((corner) => lonLatOf(corner));
  return {
    seed,
    area: { kind: "polygons", polygons: [[[...ring, ring[0]!]]] },
    observations,
    crossings,
    fixes: observations.filter(({ fix }) => fix !== null).length,
  };
}

function placeOf([east, north]: Point) {
  return shiftPlace(CENTRE, east, north);
}

function lonLatOf(point: Point): [number, number] {
  const { longitudeDegrees, latitudeDegrees } = placeOf(point);
  return [longitudeDegrees, latitudeDegrees];
}

/** A block of five to nine corners, 60–180 m from its middle. */
function outline(random: Random): Point[] {
  const count = 5 + Math.floor(random.next() * 5);
  return Array.from({ length: count }, (_, index): Point => {
    const angle = (2 * Math.PI * (index + between(random, -0.3, 0.3))) / count;
    const radius = between(random, 60, 180);
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  });
}

function legsOf(random: Random, corners: readonly Point[], hours: number): Leg[] {
  const legs: Leg[] = [];
  let seconds = 0;
  while (seconds < hours * 3600) {
    const isByVehicle = random.next() < 0.7;
    const metresPerSecond = isByVehicle ? between(random, 4, 12) : between(random, 1, 1.8);
    const restSeconds = Math.round(between(random, 120, 2400));
    const kind = random.next();
    const leg: Leg =
      kind < 0.25
        ? { to: pointInside(random, corners), sky: "street", metresPerSecond, restSeconds }
        : kind < 0.45
          ? { to: pointInside(random, corners), sky: "indoors", metresPerSecond, restSeconds }
          : kind < 0.75
            ? { to: pointOutside(random, corners, 15, 90), sky: "street", metresPerSecond, restSeconds }
            : { to: pointOutside(random, corners, 200, 450), sky: "open", metresPerSecond, restSeconds };
    legs.push(leg);
    seconds += restSeconds + 300 / metresPerSecond;
  }
  return legs;
}

/** Well within: half way to the middle at least. */
function pointInside(random: Random, corners: readonly Point[]): Point {
  const corner = corners[Math.floor(random.next() * corners.length)]!;
  const share = between(random, 0, 0.6);
  return [corner[0] * share, corner[1] * share];
}

function pointOutside(random: Random, corners: readonly Point[], min: number, max: number): Point {
  for (;;) {
    const angle = random.next() * 2 * Math.PI;
    const radius = between(random, 60, 180 + max);
    const point: Point = [radius * Math.sin(angle), radius * Math.cos(angle)];
    const metres = metresFrom(corners, point);
    if (!contains(corners, point) && metres >= min && metres <= max) return point;
  }
}

function contains(corners: readonly Point[], [x, y]: Point): boolean {
  let isInside = false;
  for (const [index, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(index + 1) % corners.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside;
}

function metresFrom(corners: readonly Point[], [x, y]: Point): number {
  return Math.min(
    ...corners.map(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length]!;
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(x - ax - along * dx, y - ay - along * dy);
    }),
  );
}

/** What a cheap receiver between houses makes of a place. */
class Receiver {
  readonly #random: Random;
  #wander: Point = [0, 0];
  #reflection: { shift: Point; secondsLeft: number } | null = null;
  #sky: Leg["sky"] = "open";
  #acquiringSeconds = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** One second on. */
  step(sky: Leg["sky"]): void {
    if (this.#sky === "indoors" && sky !== "indoors") this.#acquiringSeconds = between(this.#random, 3, 15);
    this.#sky = sky;
    this.#acquiringSeconds = Math.max(0, this.#acquiringSeconds - 1);
    const deviation = this.#deviation();
    const kept = Math.exp(-1 / 60);
    const fresh = deviation * Math.sqrt(1 - kept * kept);
    this.#wander = [
      this.#wander[0] * kept + normal(this.#random) * fresh,
      this.#wander[1] * kept + normal(this.#random) * fresh,
    ];
    if (this.#reflection && --this.#reflection.secondsLeft <= 0) this.#reflection = null;
    const everySeconds = sky === "street" ? 900 : sky === "indoors" ? 300 : 7200;
    if (!this.#reflection && this.#random.next() < 1 / everySeconds) {
      const angle = this.#random.next() * 2 * Math.PI;
      const metres = between(this.#random, 20, 80);
      this.#reflection = {
        shift: [metres * Math.sin(angle), metres * Math.cos(angle)],
        secondsLeft: between(this.#random, 20, 180),
      };
    }
  }

  fixOf(place: Point): Observation["fix"] {
    const random = this.#random;
    if (this.#acquiringSeconds > 0) return null;
    if (this.#sky === "indoors" && random.next() < 0.85) return null;
    const isFarOff = random.next() < 0.004;
    const shift: Point = isFarOff
      ? [between(random, -3000, 3000), between(random, -3000, 3000)]
      : (this.#reflection?.shift ?? [0, 0]);
    const seen = placeOf([
      place[0] + this.#wander[0] + shift[0] + normal(random) * 1.5,
      place[1] + this.#wander[1] + shift[1] + normal(random) * 1.5,
    ]);
    // The receiver knows of half a reflection, and of nothing that is far off.
    const admitted = isFarOff ? 0 : Math.hypot(shift[0], shift[1]) * 0.5;
    const accuracyMetres = 2 * this.#deviation() * between(random, 0.7, 1.3) + admitted;
    return { ...seen, accuracyMetres };
  }

  #deviation(): number {
    return this.#sky === "indoors" ? 15 : this.#sky === "street" ? 6 : 3;
  }
}
