import type { WorkSessionProgress } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { arcUntil, hear } from "./heard-progress.ts";

const progress = (arcMs: number, isArcing: boolean) => ({ arcMs, isArcing }) as WorkSessionProgress;

test("arc time goes on between two sums of the chip while an arc is seen, and rests in a pause", () => {
  const first = hear(progress(0, true), 1_000);
  expect(arcUntil(first, 4_000)).toBe(3_000);
  const pause = hear(progress(0, false), 6_000, first);
  expect(arcUntil(pause, 60_000)).toBe(5_000);
  const again = hear(progress(0, true), 60_000, pause);
  expect(arcUntil(again, 61_000)).toBe(6_000);
});

test("the chip's own sum wins as soon as it is larger", () => {
  const first = hear(progress(0, true), 0);
  expect(arcUntil(hear(progress(90_000, false), 5_000, first), 9_000)).toBe(90_000);
});
