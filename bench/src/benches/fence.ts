import { AreaIndex, type FenceArea, type FenceShape } from "@hanyouxu/server/fence";
import { createRandom, type Random, shiftPlace } from "@hanyouxu/simulator";
import pointInPolygon from "point-in-polygon-hao";
import RBush from "rbush";
import { type Bench, wholeNumber } from "../bench.ts";
import { median, rounded } from "../statistics.ts";

const TARGET_PER_SECOND = 500_000;
const COUNTY = { latitudeDegrees: 28.9, longitudeDegrees: 119.8 };
const COUNTY_METRES = 40_000;
const ACCURACY_METRES = 12;

interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

const spread = (random: Random, metres: number) => (random.next() * 2 - 1) * metres;

/** Blocks of 5 to 60 corners and 30 to 250 m; one in ten has a court. */
function areasOf(random: Random, count: number): { areas: FenceArea[]; centres: Place[] } {
  const centres: Place[] = [];
  const areas = Array.from({ length: count }, (_, index): FenceArea => {
    const centre = shiftPlace(COUNTY, spread(random, COUNTY_METRES), spread(random, COUNTY_METRES));
    centres.push(centre);
    const corners = 5 + Math.floor(random.next() * 56);
    const size = 30 + random.next() * 220;
    const ring = (scale: number) => {
      const points = Array.from({ length: corners }, (_corner, corner) => {
        const angle = (2 * Math.PI * corner) / corners;
        const radius = size * scale * (0.7 + 0.3 * random.next());
        const { longitudeDegrees, latitudeDegrees } = shiftPlace(
          centre,
          radius * Math.sin(angle),
          radius * Math.cos(angle),
        );
        return [longitudeDegrees, latitudeDegrees];
      });
      return [...points, points[0]!];
    };
    const polygon = random.next() < 0.1 ? [ring(1), ring(0.3)] : [ring(1)];
    return { key: `${index}`, shape: { kind: "polygons", polygons: [polygon] } };
  });
  return { areas, centres };
}

/** Half of the machines are where the areas are, as in a town; half anywhere. */
function placesOf(random: Random, centres: readonly Place[], count: number): Place[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? shiftPlace(
          centres[Math.floor(random.next() * centres.length)]!,
          spread(random, 300),
          spread(random, 300),
        )
      : shiftPlace(COUNTY, spread(random, COUNTY_METRES), spread(random, COUNTY_METRES)),
  );
}

type Polygons = Extract<FenceShape, { kind: "polygons" }>["polygons"];

/** Nothing but in or out: no distance, no error. */
function isWithin(area: FenceArea, { longitudeDegrees, latitudeDegrees }: Place): boolean {
  const { polygons } = area.shape as { polygons: Polygons };
  return polygons.some(
    (polygon) => pointInPolygon([longitudeDegrees, latitudeDegrees], polygon as number[][][]) !== false,
  );
}

function boundsOf(area: FenceArea) {
  const points = (area.shape as { polygons: Polygons }).polygons.flat(2) as unknown as [number, number][];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys), area };
}

/** Checks a second, and how many areas were found. */
function rateOf(places: readonly Place[], check: (place: Place) => number): { rate: number; found: number } {
  let found = 0;
  const beganNs = process.hrtime.bigint();
  for (const place of places) found += check(place);
  return { rate: places.length / (Number(process.hrtime.bigint() - beganNs) / 1e9), found };
}

export const fence: Bench = {
  name: "fence",
  description:
    "places a second checked against all key areas, with distance and error, against rbush + point in polygon",
  options: {
    areas: { description: "polygons in the county", default: "20000" },
    places: { description: "checked in each repetition", default: "200000" },
    repetitions: { description: "medians are taken over them", default: "9" },
    seed: { description: "of areas and places", default: "1" },
  },
  async run(options, say) {
    const areaCount = wholeNumber(options, "areas", 1, 1_000_000);
    const placeCount = wholeNumber(options, "places", 1000, 10_000_000);
    const repetitions = wholeNumber(options, "repetitions", 1, 1000);
    const random = createRandom(`fence/${wholeNumber(options, "seed", 0, 1_000_000)}`);
    const { areas, centres } = areasOf(random, areaCount);
    const places = placesOf(random, centres, placeCount);
    const beganMs = performance.now();
    const index = new AreaIndex(areas);
    const buildMs = performance.now() - beganMs;
    const boxes = areas.map(boundsOf);
    const tree = new RBush<(typeof boxes)[number]>().load(boxes);
    const ours = ({ latitudeDegrees, longitudeDegrees }: Place) =>
      index.check(latitudeDegrees, longitudeDegrees, ACCURACY_METRES).length;
    const rbush = (place: Place) => {
      const { longitudeDegrees: x, latitudeDegrees: y } = place;
      let found = 0;
      for (const box of tree.search({ minX: x, minY: y, maxX: x, maxY: y })) {
        if (isWithin(box.area, place)) found++;
      }
      return found;
    };
    const linear = (place: Place) => {
      const { longitudeDegrees: x, latitudeDegrees: y } = place;
      let found = 0;
      for (const box of boxes) {
        const isInBox = x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
        if (isInBox && isWithin(box.area, place)) found++;
      }
      return found;
    };
    const few = places.slice(0, Math.max(200, placeCount / 1000));
    const rates = { ours: [] as number[], rbush: [] as number[], linear: [] as number[] };
    let last = { ours: 0, rbush: 0 };
    // Interleaved, so that a busy moment of the machine touches all; the first round warms up.
    for (let round = 0; round <= repetitions; round++) {
      const own = rateOf(places, ours);
      const peer = rateOf(places, rbush);
      const slow = rateOf(few, linear);
      if (round === 0) continue;
      rates.ours.push(own.rate);
      rates.rbush.push(peer.rate);
      rates.linear.push(slow.rate);
      last = { ours: own.found, rbush: peer.found };
      say(`fence: ${round} of ${repetitions}`);
    }
    const value = median(rates.ours);
    return {
      value: Math.round(value),
      unit: "places/s on one core",
      peer: "rbush with point-in-polygon-hao: in or out alone, without distance and error",
      peerValue: Math.round(median(rates.rbush)),
      target: { text: `≥ ${TARGET_PER_SECOND} places/s`, isMet: value >= TARGET_PER_SECOND },
      parameters: { areas: areaCount, places: placeCount, accuracyMetres: ACCURACY_METRES },
      repetitions,
      details: {
        linearScanPerSecond: Math.round(median(rates.linear)),
        timesLinear: rounded(value / median(rates.linear)),
        found: { ours: last.ours, "of which the peer, without the error's circle": last.rbush },
        buildMilliseconds: rounded(buildMs),
      },
    };
  },
};
