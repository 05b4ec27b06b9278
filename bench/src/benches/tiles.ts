import { type MapFilter, mapFilter, mercatorX, mercatorY } from "@hanyouxu/api";
import { type MachineColumns, type MachineRecord, Matcher, tileOf } from "@hanyouxu/server/live-map";
import { createRandom, type Random } from "@hanyouxu/simulator";
import { type Bench, wholeNumber } from "../bench.ts";
import { columnsOf, provinceOf } from "../map/province.ts";
import { summarise } from "../statistics.ts";

const TARGET_MS = 20;
const MIN_ZOOM = 5;
const MAX_ZOOM = 15;
const everywhere = { everywhere: true, regions: [], enterprises: [] };
const SIGHT = { machines: everywhere, readings: everywhere, alarms: everywhere, people: everywhere };
/** What a prefecture's clerk asks: at work, by two processes, of the firms of four kinds. */
const THREE_WAYS = mapFilter.parse({
  states: "arcing,energised,idle",
  processes: "SMAW,GMAW",
  enterpriseTypes: "limited-company,individual-business,partnership,other",
});

interface Tile {
  z: number;
  x: number;
  y: number;
}

/** Tiles that hold machines, as many of each zoom. */
function tilesOf(random: Random, machines: readonly MachineRecord[], count: number): Tile[] {
  return Array.from({ length: count }, (_, index) => {
    const z = MIN_ZOOM + (index % (MAX_ZOOM - MIN_ZOOM + 1));
    const { longitudeDegrees, latitudeDegrees } =
      machines[Math.floor(random.next() * machines.length)]!.place!;
    const size = 2 ** (32 - z);
    return {
      z,
      x: Math.floor(mercatorX(longitudeDegrees) / size),
      y: Math.floor(mercatorY(latitudeDegrees) / size),
    };
  });
}

/** What a server without tiles would send for the same frame: each machine in it as GeoJSON. */
function geoJsonOf(machines: readonly MachineRecord[], { z, x, y }: Tile, filter: MapFilter): Uint8Array {
  const size = 2 ** (32 - z);
  const features = machines
    .filter(
      ({ place, state, process, enterpriseType }) =>
        Math.floor(mercatorX(place!.longitudeDegrees) / size) === x &&
        Math.floor(mercatorY(place!.latitudeDegrees) / size) === y &&
        (filter.states?.includes(state) ?? true) &&
        (filter.processes?.includes(process as never) ?? true) &&
        (filter.enterpriseTypes?.includes(enterpriseType as never) ?? true),
    )
    .map(({ machineId, state, place }) => ({
      type: "Feature",
      properties: { id: machineId, state },
      geometry: { type: "Point", coordinates: [place!.longitudeDegrees, place!.latitudeDegrees] },
    }));
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
}

function timed(make: () => Uint8Array): { ms: number; bytes: number } {
  const beganMs = performance.now();
  const { length } = make();
  return { ms: performance.now() - beganMs, bytes: length };
}

function measure(tiles: readonly Tile[], make: (tile: Tile) => Uint8Array) {
  const found = tiles.map((tile) => timed(() => make(tile)));
  return { ms: summarise(found.map(({ ms }) => ms)), bytes: summarise(found.map(({ bytes }) => bytes)) };
}

const oursBy = (columns: MachineColumns, filter: MapFilter) => (tile: Tile) =>
  tileOf(columns, new Matcher(columns, SIGHT, filter, 0), tile);

export const tiles: Bench = {
  name: "tiles",
  description:
    "one vector tile of a province's machines under a filter of three things, against GeoJSON of the same frame",
  options: {
    machines: { description: "in the province", default: "153000" },
    tiles: { description: "asked for, evenly of zooms 5 to 15", default: "1100" },
    seed: { description: "of machines and tiles", default: "1" },
  },
  async run(options, say) {
    const count = wholeNumber(options, "machines", 1, 2_000_000);
    const tileCount = wholeNumber(options, "tiles", 11, 1_000_000);
    const random = createRandom(`tiles/${wholeNumber(options, "seed", 0, 1_000_000)}`);
    const machines = provinceOf(random, count);
    const columns = columnsOf(machines);
    const asked = tilesOf(random, machines, tileCount);
    const warm = asked.slice(0, 110);
    for (const filter of [THREE_WAYS, {}]) measure(warm, oursBy(columns, filter));
    say(`tiles: ${tileCount} under a filter of three things`);
    const ours = measure(asked, oursBy(columns, THREE_WAYS));
    say("tiles: the same without a filter");
    const unfiltered = measure(asked, oursBy(columns, {}));
    say("tiles: GeoJSON of the same frames");
    // It is slow, and its time hardly depends on the tile: a part of them is enough.
    const few = asked.slice(0, Math.min(tileCount, 220));
    measure(few.slice(0, 11), (tile) => geoJsonOf(machines, tile, THREE_WAYS));
    const peer = measure(few, (tile) => geoJsonOf(machines, tile, THREE_WAYS));
    return {
      value: ours.ms.p99,
      unit: "ms a tile (p99)",
      peer: "GeoJSON of each machine in the same frame under the same filter, from an array of objects, p99",
      peerValue: peer.ms.p99,
      target: {
        text: `p99 ≤ ${TARGET_MS} ms with a filter of three things`,
        isMet: ours.ms.p99 <= TARGET_MS,
      },
      parameters: { machines: count, tiles: tileCount, zooms: `${MIN_ZOOM}–${MAX_ZOOM}` },
      repetitions: 1,
      details: { ours, unfiltered, peer },
    };
  },
};
