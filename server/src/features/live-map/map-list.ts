import {
  GRID_SIDE,
  type LiveMachine,
  type MapCounts,
  machineState,
  mercatorX,
  mercatorY,
} from "@hanyouxu/api";
import type { MachineColumns } from "./machine-columns.ts";
import type { Matcher } from "./matcher.ts";

/** A part of the map; without any of them all of it, with what nobody has placed. */
export interface MapArea {
  cell?: readonly [zoom: number, column: number, row: number] | undefined;
  box?:
    | readonly [westDegrees: number, southDegrees: number, eastDegrees: number, northDegrees: number]
    | undefined;
  /** Corners as longitude, latitude. */
  polygon?: readonly (readonly [number, number])[] | undefined;
}

type IsWithin = (x: number, y: number) => boolean;

/** How many machines a matcher leaves, by state. */
export function countsOf(columns: MachineColumns, matcher: Matcher): MapCounts {
  const byState = new Array<number>(machineState.options.length).fill(0);
  let [machines, placed, alarms] = [0, 0, 0];
  const { state, isPlaced } = columns.at;
  for (let row = 0; row < columns.count; row++) {
    if (!matcher.matches(row)) continue;
    machines++;
    placed += isPlaced[row]!;
    byState[state[row]!]!++;
    if (matcher.alarmOf(row) > 0) alarms++;
  }
  return { machines, placed, alarms, states: statesOf(byState) };
}

export function statesOf(byState: readonly number[]): MapCounts["states"] {
  return Object.fromEntries(
    machineState.options.map((state, index) => [state, byState[index]!]),
  ) as MapCounts["states"];
}

/**
 * One page of the machines of an area that a matcher leaves, the most important state first. Their order within a state is
 * that of their coming, so that pages fit together.
 */
export function listOf(
  columns: MachineColumns,
  matcher: Matcher,
  area: MapArea,
  { page, pageSize }: { page: number; pageSize: number },
): { items: LiveMachine[]; total: number } {
  const byState: number[][] = machineState.options.map(() => []);
  for (const row of rowsWithin(columns, matcher, area)) byState[columns.at.state[row]!]!.push(row);
  const rows = byState.flat();
  return {
    total: rows.length,
    items: rows.slice((page - 1) * pageSize, page * pageSize).map((row) => matcher.machineAt(row)),
  };
}

/** The rows of an area that a matcher leaves, in the order of their coming. */
export function rowsWithin(columns: MachineColumns, matcher: Matcher, area: MapArea): number[] {
  const isWithin = shapeOf(area);
  const { x, y, isPlaced } = columns.at;
  const rows: number[] = [];
  for (let row = 0; row < columns.count; row++) {
    if (isWithin && (isPlaced[row] === 0 || !isWithin(x[row]!, y[row]!))) continue;
    if (matcher.matches(row)) rows.push(row);
  }
  return rows;
}

function shapeOf({ cell, box, polygon }: MapArea): IsWithin | undefined {
  if (cell) {
    const [zoom, column, row] = cell;
    const size = 2 ** (32 - zoom);
    return (x, y) =>
      Math.floor((x * GRID_SIDE) / size) === column && Math.floor((y * GRID_SIDE) / size) === row;
  }
  if (box) {
    const [west, south, east, north] = [
      mercatorX(box[0]),
      mercatorY(box[1]),
      mercatorX(box[2]),
      mercatorY(box[3]),
    ];
    return (x, y) => x >= west && x <= east && y >= north && y <= south;
  }
  if (!polygon) return undefined;
  const ring = polygon.map(([longitude, latitude]) => [mercatorX(longitude), mercatorY(latitude)] as const);
  return (x, y) => isInRing(ring, x, y);
}

/** Even-odd rule; on the border either way. */
function isInRing(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let isInside = false;
  let [beforeX, beforeY] = ring.at(-1)!;
  for (const [cornerX, cornerY] of ring) {
    const crosses = cornerY > y !== beforeY > y;
    if (crosses && x < ((beforeX - cornerX) * (y - cornerY)) / (beforeY - cornerY) + cornerX)
      isInside = !isInside;
    [beforeX, beforeY] = [cornerX, cornerY];
  }
  return isInside;
}
