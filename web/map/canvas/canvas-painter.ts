import type { MachineState, MachineTileFeature } from "@hanyouxu/api";
import { TILE_EXTENT } from "@hanyouxu/api";
import { STATE_COLOURS } from "../machine-paint.ts";
import type { Outline } from "../outline-shapes.ts";
import { type CanvasView, pixelOf, type Size, type TileName, worldOf } from "./canvas-view.ts";

/** A machine or a count, where it was drawn; what a click on it means. */
export interface DrawnSpot {
  left: number;
  top: number;
  radius: number;
  machineId: string | null;
  cell: string | null;
}

export interface LoadedTile {
  tile: TileName;
  features: readonly MachineTileFeature[];
}

const LABEL_FONT = '14px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
const FILL = "#08295a";
const LINE = "#3f78b8";
const HOME_FILL = "#0e4c98";
const HOME_LINE = "#8fe3ff";
const CLUSTER = "#0d3f7d";
const NAMES_FROM_ZOOM = 7;
const MIN_RADIUS = 12;
const MAX_RADIUS = 30;

/** The ground: counties with their names. No national border. */
export function paintGround(
  context: CanvasRenderingContext2D,
  view: CanvasView,
  size: Size,
  outline: Outline,
): void {
  context.lineWidth = 1;
  // The home county's border is drawn over its neighbours'.
  const counties = [...outline.counties].sort(
    (a, b) => Number(a.properties.home ?? false) - Number(b.properties.home ?? false),
  );
  for (const { geometry, properties } of counties) {
    context.fillStyle = properties.home ? HOME_FILL : FILL;
    context.strokeStyle = properties.home ? HOME_LINE : LINE;
    context.beginPath();
    for (const ring of geometry.coordinates.flat()) {
      ring.forEach(([east = 0, north = 0], index) => {
        const [left, top] = pixelOf(view, size, worldOf([east, north]));
        if (index === 0) context.moveTo(left, top);
        else context.lineTo(left, top);
      });
      context.closePath();
    }
    context.fill("evenodd");
    context.stroke();
  }
  if (view.zoom < NAMES_FROM_ZOOM) return;
  context.fillStyle = "#cfe8ff";
  context.font = LABEL_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { properties } of outline.counties) {
    const centre = outline.centres.get(String(properties.adcode));
    if (!centre) continue;
    const [left, top] = pixelOf(view, size, worldOf(centre));
    context.fillText(properties.name, left, top);
  }
}

/** Machines and counts of the tiles; where each was drawn, the topmost last. */
export function paintMachines(
  context: CanvasRenderingContext2D,
  view: CanvasView,
  size: Size,
  tiles: readonly LoadedTile[],
): DrawnSpot[] {
  const spots: DrawnSpot[] = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = '13px "PingFang SC","Microsoft YaHei",sans-serif';
  for (const { tile, features } of tiles) {
    const width = 2 ** -tile.z;
    for (const { x, y, properties } of features) {
      const [left, top] = pixelOf(view, size, [
        (tile.x + x / TILE_EXTENT) * width,
        (tile.y + y / TILE_EXTENT) * width,
      ]);
      const spot = Number(properties.n) > 1 ? paintCount(context, left, top, properties) : undefined;
      spots.push(spot ?? paintMachine(context, left, top, properties));
    }
  }
  return spots;
}

function paintCount(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  { n, working, alarm, cell }: Record<string, unknown>,
): DrawnSpot {
  const radius = Math.min(MAX_RADIUS, MIN_RADIUS + Math.log(Number(n)) * 2.2);
  const rim =
    Number(alarm) > 0
      ? STATE_COLOURS.tampered
      : Number(working) > 0
        ? STATE_COLOURS.arcing
        : STATE_COLOURS.idle;
  paintDot(context, left, top, radius, CLUSTER, rim, 3);
  context.fillStyle = "#ffffff";
  context.fillText(String(n), left, top);
  return { left, top, radius, machineId: null, cell: String(cell) };
}

function paintMachine(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  { id, state, alarm }: Record<string, unknown>,
): DrawnSpot {
  const hasAlarm = Number(alarm) > 0;
  const colour = STATE_COLOURS[state as MachineState] ?? "#ffffff";
  paintDot(context, left, top, 7, colour, hasAlarm ? STATE_COLOURS.tampered : "#04142c", hasAlarm ? 3 : 1.5);
  return { left, top, radius: 8, machineId: String(id), cell: null };
}

function paintDot(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  radius: number,
  fill: string,
  rim: string,
  rimWidth: number,
): void {
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = rim;
  context.lineWidth = rimWidth;
  context.stroke();
}

/** A ring around a place that was searched for. */
export function paintTarget(context: CanvasRenderingContext2D, left: number, top: number): void {
  context.beginPath();
  context.arc(left, top, 16, 0, 2 * Math.PI);
  context.strokeStyle = "#ffd666";
  context.lineWidth = 4;
  context.stroke();
}

/** What was drawn under a pixel, the topmost. */
export function spotAt(spots: readonly DrawnSpot[], left: number, top: number): DrawnSpot | undefined {
  return spots.findLast((spot) => Math.hypot(spot.left - left, spot.top - top) <= spot.radius);
}
