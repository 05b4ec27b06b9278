import { expect, test } from "vitest";
import { type CellFrame, decodeCellFrame, encodeCellFrame } from "./live-cells.ts";
import { cellAt, cellsOfBox, latitudeOf, longitudeOf, mercatorX, mercatorY } from "./map-cells.ts";

const update = { handle: 7, x: 3_576_000_000, y: 1_789_000_000, state: 4, alarm: 3, currentAmps: 123 };
const frame: CellFrame = {
  isSnapshot: false,
  cell: 3_491_234,
  sequence: 4_000_000_000,
  left: [1, 65_534],
  changed: [update, { ...update, handle: 8, currentAmps: null }],
  came: [
    {
      ...update,
      handle: 9,
      machineId: "0198c0de-0000-7000-8000-00000000000a",
      name: "演示一号",
      isMobile: true,
    },
    { ...update, handle: 10, machineId: "ffffffff-ffff-4fff-bfff-ffffffffffff", name: "", isMobile: false },
  ],
};

test("a frame is read as it was written, a change taking 14 bytes", () => {
  expect(decodeCellFrame(encodeCellFrame(frame))).toEqual(frame);
  const without = encodeCellFrame({ ...frame, changed: [] }).length;
  expect(encodeCellFrame(frame).length - without).toBe(28);
});

test("what is no frame, or cut off, is refused", () => {
  const bytes = encodeCellFrame(frame);
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeCellFrame(bytes.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
  expect(() => decodeCellFrame(Uint8Array.of(9, ...bytes.subarray(1)))).toThrow(RangeError);
});

test("places keep to a metre, and lie in the cells of a box around them", () => {
  for (const [longitude, latitude] of [
    [119.8, 28.9],
    [-179.99999, 85],
    [0, 0],
    [151.20931, -33.86882],
  ] as const) {
    expect(longitudeOf(mercatorX(longitude))).toBeCloseTo(longitude, 4);
    expect(latitudeOf(mercatorY(latitude))).toBeCloseTo(latitude, 4);
    const box = {
      westDegrees: longitude - 0.001,
      southDegrees: latitude - 0.001,
      eastDegrees: longitude + 0.001,
      northDegrees: latitude + 0.001,
    };
    expect(cellsOfBox(box, 4)).toContain(cellAt(mercatorX(longitude), mercatorY(latitude)));
  }
  expect(
    cellsOfBox({ westDegrees: 118, southDegrees: 27, eastDegrees: 123, northDegrees: 31 }, 96),
  ).toBeUndefined();
});
