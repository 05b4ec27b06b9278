import fc from "fast-check";
import { expect, test } from "vitest";
import { type Mark, placeMarks, widthInEms } from "./placed-marks.ts";

const mark = (x: number, y: number): Mark => ({
  x,
  y,
  radius: 20,
  badgeReach: 0,
  nameWidth: 60,
  nameHeight: 16,
});

test("a mark that stands alone stays where it belongs, its name below", () => {
  expect(placeMarks([mark(100, 100)])).toEqual([{ x: 100, y: 100, nameX: 100, nameY: 131, isMoved: false }]);
});

test("a name that has no room below stands elsewhere before its circle moves", () => {
  const [first, second] = placeMarks([mark(100, 100), mark(100, 50)]);
  expect(first).toMatchObject({ x: 100, y: 100, isMoved: false });
  expect(second).toMatchObject({ x: 100, y: 50, nameY: 19, isMoved: false });
});

test("of two in one place the first stays, the other moves and stays near", () => {
  const [first, second] = placeMarks([mark(100, 100), mark(101, 100)]);
  expect(first!.isMoved).toBe(false);
  expect(second!.isMoved).toBe(true);
  expect(Math.hypot(second!.x - 101, second!.y - 100)).toBeLessThan(80);
});

test("no circle and no name lies on another, however near the places are", () => {
  const any = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    radius: fc.integer({ min: 10, max: 40 }),
    badgeReach: fc.constantFrom(0, 33),
    nameWidth: fc.integer({ min: 20, max: 140 }),
    nameHeight: fc.constant(18),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), (marks) => {
      const boxes = placeMarks(marks).flatMap((placed, at) => {
        const { radius, badgeReach, nameWidth, nameHeight } = marks[at]!;
        const more = Math.max(0, badgeReach - radius);
        const side = 2 * radius + more;
        return [
          { x: placed.x + more / 2, y: placed.y - more / 2, width: side, height: side },
          { x: placed.nameX, y: placed.nameY, width: nameWidth, height: nameHeight },
        ];
      });
      for (const [at, one] of boxes.entries()) {
        for (const other of boxes.slice(at + 1)) {
          const isApart =
            Math.abs(one.x - other.x) + 1e-9 >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) + 1e-9 >= (one.height + other.height) / 2;
          expect(isApart).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test("Chinese letters are as wide as high, others narrower", () => {
  expect(widthInEms("武阳镇")).toBe(3);
  expect(widthInEms("Wuyi")).toBeCloseTo(2.4);
});
