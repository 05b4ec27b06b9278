import { expect, test } from "vitest";
import type { County } from "./boundaries.ts";
import { outerEdge } from "./outer-edge.ts";

/** A square of a fifth of a degree, some twenty kilometres. */
function square(adcode: number, west: number): County {
  const [east, south, north] = [west + 0.2, 29, 29.2];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { adcode, name: String(adcode), cityAdcode: 0, centre: [west + 0.1, 29.1], polygons: [[ring]] };
}

test("a border between two counties is no edge, nor is it where their files leave a narrow gap", () => {
  for (const gapDegrees of [0, 0.01]) {
    const [left, right] = outerEdge([square(1, 120), square(2, 120.2 + gapDegrees)]);
    expect(left).toEqual({
      adcode: 1,
      lines: [
        [
          [120, 29],
          [120.2, 29],
        ],
        [
          [120.2, 29.2],
          [120, 29.2],
          [120, 29],
        ],
      ],
    });
    // Its three other sides.
    expect(right!.lines.map((line) => line.length)).toEqual([4]);
  }
});

test("a county that stands alone is edged all around, and one that others surround not at all", () => {
  expect(outerEdge([square(1, 120)])[0]!.lines[0]).toHaveLength(5);
  const around: County = {
    ...square(2, 119),
    polygons: [
      [
        [
          [119, 28],
          [121, 28],
          [121, 30],
          [119, 30],
          [119, 28],
        ],
        square(1, 120).polygons[0]![0]!,
      ],
    ],
  };
  expect(outerEdge([square(1, 120), around]).map(({ adcode }) => adcode)).toEqual([2]);
});
