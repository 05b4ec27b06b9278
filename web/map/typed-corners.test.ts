import { expect, test } from "vitest";
import { readCorners } from "./typed-corners.ts";

test("corners are read line by line, in either comma, and the ring is closed", () => {
  expect(readCorners("119.8,28.9\n119.81， 28.9\n\n 119.81 28.91 ")).toEqual({
    ok: true,
    ring: [
      [119.8, 28.9],
      [119.81, 28.9],
      [119.81, 28.91],
      [119.8, 28.9],
    ],
  });
});

test("a ring that was closed already stays as it is", () => {
  expect(readCorners("0,0\n1,0\n1,1\n0,0")).toMatchObject({ ok: true, ring: { length: 4 } });
});

test("what is no place is named by its line; two corners are too few, also when closed", () => {
  expect(readCorners("119.8,28.9\n119.8\n1,1")).toEqual({ ok: false, line: 2 });
  expect(readCorners("28.9,119.8\n1,1\n2,2")).toEqual({ ok: false, line: 1 });
  expect(readCorners("a,b")).toEqual({ ok: false, line: 1 });
  expect(readCorners("")).toEqual({ ok: false, line: null });
  expect(readCorners("0,0\n1,0\n0,0")).toEqual({ ok: false, line: null });
});
