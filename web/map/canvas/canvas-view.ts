/** Where a flat map looks: a point of the world, whose sides are 1, and a zoom as MapLibre counts it. */
export interface CanvasView {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface TileName {
  z: number;
  x: number;
  y: number;
}

type LonLat = readonly [longitudeDegrees: number, latitudeDegrees: number];
type Pixel = readonly [x: number, y: number];

/** Pixels of the whole world at zoom 0. */
const WORLD_PIXELS = 512;
export const MIN_ZOOM = 5;
export const MAX_ZOOM = 18;
/** Tiles of a higher zoom hold no more than these. */
const MAX_TILE_ZOOM = 14;

const scaleOf = ({ zoom }: CanvasView) => WORLD_PIXELS * 2 ** zoom;
const bounded = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Web mercator as parts of the world from its north-western corner. */
export function worldOf([east, north]: LonLat): Pixel {
  const sine = Math.sin((north * Math.PI) / 180);
  return [east / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function lonLatOf([x, y]: Pixel): LonLat {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

export function viewAt(place: LonLat, zoom: number): CanvasView {
  const [x, y] = worldOf(place);
  return { x, y, zoom: bounded(zoom, MIN_ZOOM, MAX_ZOOM) };
}

/** Where a point of the world is on the canvas. */
export function pixelOf(view: CanvasView, size: Size, [x, y]: Pixel): Pixel {
  const scale = scaleOf(view);
  return [(x - view.x) * scale + size.width / 2, (y - view.y) * scale + size.height / 2];
}

/** The point of the world under a pixel. */
export function pointAt(view: CanvasView, size: Size, [left, top]: Pixel): Pixel {
  const scale = scaleOf(view);
  return [view.x + (left - size.width / 2) / scale, view.y + (top - size.height / 2) / scale];
}

/** The ground follows the hand by so many pixels. */
export function movedBy(view: CanvasView, right: number, down: number): CanvasView {
  const scale = scaleOf(view);
  return {
    ...view,
    x: bounded(view.x - right / scale, 0, 1),
    y: bounded(view.y - down / scale, 0, 1),
  };
}

/** Nearer or farther by so many zooms; what is under the pixel stays there. */
export function zoomedAt(view: CanvasView, size: Size, pixel: Pixel, by: number): CanvasView {
  const zoom = bounded(view.zoom + by, MIN_ZOOM, MAX_ZOOM);
  const fixed = pointAt(view, size, pixel);
  const now = pointAt({ ...view, zoom }, size, pixel);
  return { zoom, x: bounded(view.x + fixed[0] - now[0], 0, 1), y: bounded(view.y + fixed[1] - now[1], 0, 1) };
}

/** The tiles that a canvas needs to be covered. */
export function tilesOf(view: CanvasView, size: Size): TileName[] {
  const z = Math.min(MAX_TILE_ZOOM, Math.floor(view.zoom));
  const most = 2 ** z - 1;
  const [west, north] = pointAt(view, size, [0, 0]);
  const [east, south] = pointAt(view, size, [size.width, size.height]);
  const cell = (part: number) => bounded(Math.floor(part * 2 ** z), 0, most);
  const tiles: TileName[] = [];
  for (let x = cell(west); x <= cell(east); x++)
    for (let y = cell(north); y <= cell(south); y++) tiles.push({ z, x, y });
  return tiles;
}

/** `west,south,east,north` in WGS-84 degrees. */
export function boxOf(view: CanvasView, size: Size): string {
  const [west, north] = lonLatOf(pointAt(view, size, [0, 0]));
  const [east, south] = lonLatOf(pointAt(view, size, [size.width, size.height]));
  return [west, south, east, north].map((degrees) => degrees.toFixed(4)).join();
}
