/** Web mercator as whole numbers of 32 bits, the world's width being 2³²: a centimetre at the equator. */
const WORLD = 2 ** 32;
/** Cells of the live map are tiles of this zoom: some 17 km in Zhejiang. */
export const CELL_ZOOM = 11;
/** Stands for all machines with an open alarm, wherever they are: no cell of the grid has this number. */
export const ALARM_CELL = 0xffff_ffff;
/** Below this zoom a tile holds counts of a grid; from here on, machines. */
export const POINTS_ZOOM = 13;
/** Counts a side of a tile. */
export const GRID_SIDE = 12;

const DEGREES = 180 / Math.PI;
const clamped = (value: number) => Math.min(WORLD - 1, Math.max(0, Math.floor(value)));

/** WGS-84 degrees of longitude to a 32-bit place from the west. */
export function mercatorX(longitudeDegrees: number): number {
  return clamped((longitudeDegrees / 360 + 0.5) * WORLD);
}

/** WGS-84 degrees of latitude to a 32-bit place from the north; beyond 85.05° it stays at the edge. */
export function mercatorY(latitudeDegrees: number): number {
  const sine = Math.sin(latitudeDegrees / DEGREES);
  return clamped((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD);
}

/** Degrees with five decimals, about a metre. */
export function longitudeOf(x: number): number {
  return rounded(((x + 0.5) / WORLD - 0.5) * 360);
}

/** Degrees with five decimals, about a metre. */
export function latitudeOf(y: number): number {
  const angle = Math.PI * (1 - (2 * (y + 0.5)) / WORLD);
  return rounded(Math.atan(Math.sinh(angle)) * DEGREES);
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

/** The number of the cell that a place lies in. */
export function cellAt(x: number, y: number): number {
  const shift = 32 - CELL_ZOOM;
  return (x >>> shift) * 2 ** CELL_ZOOM + (y >>> shift);
}

/** The cells of a box of WGS-84 degrees; undefined where there are more than `most`. */
export function cellsOfBox(
  box: { westDegrees: number; southDegrees: number; eastDegrees: number; northDegrees: number },
  most: number,
): number[] | undefined {
  const shift = 32 - CELL_ZOOM;
  const [west, east] = [mercatorX(box.westDegrees) >>> shift, mercatorX(box.eastDegrees) >>> shift];
  const [north, south] = [mercatorY(box.northDegrees) >>> shift, mercatorY(box.southDegrees) >>> shift];
  if ((east - west + 1) * (south - north + 1) > most) return undefined;
  const cells: number[] = [];
  for (let column = west; column <= east; column++) {
    for (let row = north; row <= south; row++) cells.push(column * 2 ** CELL_ZOOM + row);
  }
  return cells;
}
