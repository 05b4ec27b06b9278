import { GRID_SIDE, machineState, POINTS_ZOOM } from "@hanyouxu/api";
import { fromVectorTileJs } from "@maplibre/vt-pbf";
import type { MachineColumns } from "./machine-columns.ts";
import type { Matcher } from "./matcher.ts";

export interface TileName {
  z: number;
  x: number;
  y: number;
}

interface Feature {
  x: number;
  y: number;
  properties: Record<string, string | number | boolean>;
}

const EXTENT = 4_096;
/** So many in one tile stand too close to be told apart: they are counted as below zoom 13. */
const MOST_POINTS = 4_000;
const STATES = machineState.options;
const [ARCING, ENERGISED] = [STATES.indexOf("arcing"), STATES.indexOf("energised")];

/** One vector tile (Mapbox Vector Tile 2.1) of the machines that a matcher leaves, by a look at every row. */
export function tileOf(columns: MachineColumns, matcher: Matcher, tile: TileName): Uint8Array {
  const rows = rowsWithin(columns, matcher, tile);
  const features =
    tile.z >= POINTS_ZOOM && rows.length <= MOST_POINTS
      ? rows.map((row) => pointOf(columns, matcher, tile, row))
      : gridOf(columns, matcher, tile, rows);
  return fromVectorTileJs({
    layers: {
      machines: {
        version: 2,
        name: "machines",
        extent: EXTENT,
        length: features.length,
        feature(index) {
          const { x, y, properties } = features[index]!;
          // All that is asked of a point is x and y.
          const loadGeometry = () => [[{ x, y } as never]];
          return { type: 1, id: index + 1, extent: EXTENT, properties, loadGeometry };
        },
      },
    },
  });
}

function rowsWithin(columns: MachineColumns, matcher: Matcher, { z, x, y }: TileName): number[] {
  const size = 2 ** (32 - z);
  const [west, north] = [x * size, y * size];
  const { x: xs, y: ys, isPlaced } = columns.at;
  const rows: number[] = [];
  for (let row = 0; row < columns.count; row++) {
    const east = xs[row]! - west;
    const south = ys[row]! - north;
    if (east < 0 || east >= size || south < 0 || south >= size || isPlaced[row] === 0) continue;
    if (matcher.matches(row)) rows.push(row);
  }
  return rows;
}

function within({ z, x, y }: TileName, mercatorX: number, mercatorY: number): Pick<Feature, "x" | "y"> {
  const scale = EXTENT / 2 ** (32 - z);
  return {
    x: Math.min(EXTENT - 1, Math.floor((mercatorX - x * 2 ** (32 - z)) * scale)),
    y: Math.min(EXTENT - 1, Math.floor((mercatorY - y * 2 ** (32 - z)) * scale)),
  };
}

function pointOf(columns: MachineColumns, matcher: Matcher, tile: TileName, row: number): Feature {
  const { x, y, state } = columns.at;
  return {
    ...within(tile, x[row]!, y[row]!),
    properties: { n: 1, id: columns.ids[row]!, state: STATES[state[row]!]!, alarm: matcher.alarmOf(row) },
  };
}

/** Counts by square of the grid, each where its machines are on average; a square with one machine is that machine. */
function gridOf(
  columns: MachineColumns,
  matcher: Matcher,
  tile: TileName,
  rows: readonly number[],
): Feature[] {
  const size = 2 ** (32 - tile.z);
  const squares = GRID_SIDE * GRID_SIDE;
  const [n, working, alarms, last] = Array.from({ length: 4 }, () => new Uint32Array(squares));
  const [sumX, sumY] = [new Float64Array(squares), new Float64Array(squares)];
  const { x, y, state } = columns.at;
  for (const row of rows) {
    const column = Math.floor((x[row]! * GRID_SIDE) / size) % GRID_SIDE;
    const line = Math.floor((y[row]! * GRID_SIDE) / size) % GRID_SIDE;
    const square = column * GRID_SIDE + line;
    n![square]!++;
    last![square] = row;
    sumX[square]! += x[row]!;
    sumY[square]! += y[row]!;
    if (state[row] === ARCING || state[row] === ENERGISED) working![square]!++;
    if (matcher.alarmOf(row) > 0) alarms![square]!++;
  }
  const features: Feature[] = [];
  for (let square = 0; square < squares; square++) {
    const count = n![square]!;
    if (count === 1) features.push(pointOf(columns, matcher, tile, last![square]!));
    if (count < 2) continue;
    const column = tile.x * GRID_SIDE + Math.floor(square / GRID_SIDE);
    const line = tile.y * GRID_SIDE + (square % GRID_SIDE);
    features.push({
      ...within(tile, sumX[square]! / count, sumY[square]! / count),
      properties: {
        n: count,
        working: working![square]!,
        alarm: alarms![square]!,
        cell: `${tile.z}.${column}.${line}`,
      },
    });
  }
  return features;
}
