import { expect, test } from "vitest";
import { boxBetween, boxByKey, MIDDLE_BOX } from "./box-between.ts";

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

test("arrow keys move a box and, with shift, size it, and never beyond the picture", () => {
  expect(boxByKey(MIDDLE_BOX, "ArrowRight", false)).toMatchObject({ left: 0.37, top: 0.35, width: 0.3 });
  expect(boxByKey(MIDDLE_BOX, "ArrowUp", true)!.height).toBeCloseTo(0.28);
  expect(boxByKey(MIDDLE_BOX, "Enter", false)).toBeUndefined();
  for (const isSizing of [true, false]) {
    let box = MIDDLE_BOX;
    for (let press = 0; press < 60; press++) box = boxByKey(box, "ArrowDown", isSizing)!;
    expect(box.top + box.height).toBeCloseTo(1);
    for (let press = 0; press < 90; press++) box = boxByKey(box, "ArrowUp", isSizing)!;
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.height).toBeGreaterThan(0);
  }
});
