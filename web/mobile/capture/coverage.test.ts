import { EVIDENCE_SECTORS } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { isWholeCircle, nextTurn, sectorOf, withSector } from "./coverage.ts";

test("a heading lies in the twelfth around it", () => {
  expect([0, 14, 15, 90, 180, 270, 344, 345, 359, 360, -90].map(sectorOf)).toEqual([
    0, 0, 1, 3, 6, 9, 11, 0, 0, 0, 9,
  ]);
});

test("a whole turn covers the circle once, whichever way and however unsteady", () => {
  let covered: readonly number[] = [];
  for (let degrees = 0; degrees < 360; degrees += 7) {
    if (degrees < 300) expect(isWholeCircle(covered)).toBe(false);
    covered = withSector(covered, sectorOf(400 - degrees));
    covered = withSector(covered, sectorOf(403 - degrees));
  }
  expect(isWholeCircle(covered)).toBe(true);
  expect(covered).toHaveLength(EVIDENCE_SECTORS);
});

test("the shorter way to what is missing is shown, and none when all is seen", () => {
  expect(nextTurn([], 0)).toBe("right");
  expect(nextTurn([0, 1, 2, 3], 1)).toBe("left");
  expect(nextTurn([0, 1, 2, 3], 3)).toBe("right");
  const all = Array.from({ length: EVIDENCE_SECTORS }, (_, sector) => sector);
  expect(nextTurn(all, 5)).toBeUndefined();
  expect(nextTurn(all.slice(0, 11), 0)).toBe("left");
});
