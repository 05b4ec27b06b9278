import { expect, test } from "vitest";
import { readMachineTile } from "./machine-tile.ts";

// Mapbox vector tile 2.1, §4: a layer "m" of version 2 with one point at (25, 17) whose "n" is 5.
const feature = [0x12, 0x0b, 0x12, 0x02, 0x00, 0x00, 0x18, 0x01, 0x22, 0x03, 0x09, 0x32, 0x22];
const layer = [0x0a, 0x01, 0x6d, ...feature, 0x1a, 0x01, 0x6e, 0x22, 0x02, 0x28, 0x05, 0x78, 0x02];
const tile = Uint8Array.from([0x1a, layer.length, ...layer]);

test("a point of a tile has its place and what is told of it", () => {
  expect(readMachineTile(tile)).toEqual([{ x: 25, y: 17, properties: { n: 5 } }]);
  expect(readMachineTile(new Uint8Array())).toEqual([]);
});

test("a tile that is cut short is refused, wherever it is cut within its layer's head or a number", () => {
  for (const length of [1, 3]) expect(() => readMachineTile(tile.subarray(0, length))).toThrow(RangeError);
  const endless = Uint8Array.from([0x1a, 0xff]);
  expect(() => readMachineTile(endless)).toThrow(RangeError);
});
