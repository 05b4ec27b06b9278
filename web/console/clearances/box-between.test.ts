import { expect, test } from "vitest";
import { boxBetween } from "./box-between.ts";

test("a box is the same from whichever corner it is drawn", () => {
  const box = { left: 0.25, top: 0.5, width: 0.5, height: 0.25 };
  expect(boxBetween({ x: 0.25, y: 0.5 }, { x: 0.75, y: 0.75 })).toEqual(box);
  expect(boxBetween({ x: 0.75, y: 0.75 }, { x: 0.25, y: 0.5 })).toEqual(box);
  expect(boxBetween({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.75 })).toEqual(box);
});

test("what is drawn beyond the picture is cut to it", () => {
  expect(boxBetween({ x: -0.5, y: 0.5 }, { x: 0.5, y: 1.75 })).toEqual({
    left: 0,
    top: 0.5,
    width: 0.5,
    height: 0.5,
  });
});

test("a click, and a line as thin as a hair, are no box", () => {
  expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 })).toBeUndefined();
  expect(boxBetween({ x: 0.1, y: 0.5 }, { x: 0.9, y: 0.505 })).toBeUndefined();
});
