import type { SceneFinding } from "@hanyouxu/api";

/** Shares of a picture's width and height; beyond 0 and 1 outside it. */
export interface Point {
  x: number;
  y: number;
}

/** A smaller one was a click, or cannot be seen. */
const LEAST_SHARE = 0.01;
const inside = (share: number) => Math.min(1, Math.max(0, share));

/** The box between two corners in any order, cut to the picture; undefined when it is too small to mean anything. */
export function boxBetween(one: Point, other: Point): SceneFinding["box"] | undefined {
  const left = inside(Math.min(one.x, other.x));
  const top = inside(Math.min(one.y, other.y));
  const width = inside(Math.max(one.x, other.x)) - left;
  const height = inside(Math.max(one.y, other.y)) - top;
  return width < LEAST_SHARE || height < LEAST_SHARE ? undefined : { left, top, width, height };
}

/** Where a box begins that is placed without a pointer. */
export const MIDDLE_BOX = { left: 0.35, top: 0.35, width: 0.3, height: 0.3 };
const STEP_SHARE = 0.02;
const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The box after an arrow key, moved or, with `isSizing`, larger or smaller; undefined for another key. */
export function boxByKey(
  box: NonNullable<SceneFinding["box"]>,
  key: string,
  isSizing: boolean,
): NonNullable<SceneFinding["box"]> | undefined {
  const way = ways[key];
  if (!way) return undefined;
  const [x, y] = [way[0] * STEP_SHARE, way[1] * STEP_SHARE];
  const between = (share: number, least: number, most: number) => Math.min(most, Math.max(least, share));
  if (isSizing) {
    return {
      ...box,
      width: between(box.width + x, STEP_SHARE, 1 - box.left),
      height: between(box.height + y, STEP_SHARE, 1 - box.top),
    };
  }
  return {
    ...box,
    left: between(box.left + x, 0, 1 - box.width),
    top: between(box.top + y, 0, 1 - box.height),
  };
}
