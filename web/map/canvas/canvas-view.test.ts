import { cellsOfBox, mercatorX, mercatorY } from "@hanyouxu/api";
import { expect, test } from "vitest";
import {
  boxOf,
  lonLatOf,
  MAX_ZOOM,
  MIN_ZOOM,
  movedBy,
  pixelOf,
  pointAt,
  tilesOf,
  viewAt,
  worldOf,
  zoomedAt,
} from "./canvas-view.ts";

const size = { width: 1_000, height: 600 };
const here = [119.81, 28.89] as const;
const view = viewAt(here, 9.5);

test("a place is where the platform's tiles have it, and comes back", () => {
  const [x, y] = worldOf(here);
  expect(Math.floor(x * 2 ** 32)).toBe(mercatorX(here[0]));
  expect(Math.abs(y * 2 ** 32 - mercatorY(here[1]))).toBeLessThan(2);
  const [east, north] = lonLatOf([x, y]);
  expect(east).toBeCloseTo(here[0], 9);
  expect(north).toBeCloseTo(here[1], 9);
});

test("the middle of the view is the middle of the canvas; a pixel and its point belong together", () => {
  expect(pixelOf(view, size, worldOf(here))).toEqual([500, 300]);
  const [left, top] = pixelOf(view, size, pointAt(view, size, [13, 577]));
  expect(left).toBeCloseTo(13, 6);
  expect(top).toBeCloseTo(577, 6);
});

test("the ground follows the hand, and what is under the wheel stays under it", () => {
  const moved = pixelOf(movedBy(view, 40, -25), size, worldOf(here));
  expect(moved[0]).toBeCloseTo(540, 6);
  expect(moved[1]).toBeCloseTo(275, 6);
  const pixel = [120, 480] as const;
  const under = pointAt(view, size, pixel);
  const nearer = zoomedAt(view, size, pixel, 1.5);
  expect(nearer.zoom).toBe(11);
  expect(pixelOf(nearer, size, under)[0]).toBeCloseTo(120, 6);
  expect(pixelOf(nearer, size, under)[1]).toBeCloseTo(480, 6);
  expect(zoomedAt(view, size, pixel, 99).zoom).toBe(MAX_ZOOM);
  expect(zoomedAt(view, size, pixel, -99).zoom).toBe(MIN_ZOOM);
});

test("the tiles of a view cover it, at a zoom that the platform has", () => {
  const near = viewAt(here, 11.4);
  const [west, south, east, north] = boxOf(near, size).split(",").map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const cells = cellsOfBox(
    { westDegrees: west, southDegrees: south, eastDegrees: east, northDegrees: north },
    100,
  )!;
  expect(tilesOf(near, size).map(({ x, y }) => x * 2 ** 11 + y)).toEqual(cells);
  expect(tilesOf(near, size).every(({ z }) => z === 11)).toBe(true);
  expect(tilesOf(viewAt(here, 18), size).every(({ z }) => z === 14)).toBe(true);
  expect(tilesOf(viewAt([-180, 85], 5), size).every(({ x, y }) => x >= 0 && y >= 0)).toBe(true);
});
