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
