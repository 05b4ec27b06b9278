import fc from "fast-check";
import { expect, test } from "vitest";
import { type PeopleCell, withheldCells } from "./withhold.ts";

const LEAST = 5;
const cellsOf = (counts: readonly (readonly number[])[]): PeopleCell[] =>
  counts.flatMap((row, at) => row.map((count, column) => ({ keys: [`r${at}`, `c${column}`], count })));
const shown = (cells: readonly PeopleCell[]) => {
  const withheld = withheldCells(cells, LEAST);
  return cells.map((cell) => (withheld.has(cell) ? null : cell.count));
};

test("counts from 1 to 4 are withheld, nought and large ones are shown", () => {
  const cells = [0, 1, 4, 5, 20].map((count, at) => ({ keys: [`r${at}`], count }));
  expect(shown(cells)).toEqual([0, null, null, 5, 20]);
});

test("a single small count takes the next larger one with it: the total would give it away", () => {
  const cells = [3, 9, 7].map((count, at) => ({ keys: [`r${at}`], count }));
  expect(shown(cells)).toEqual([null, 9, null]);
});

test("two small counts that come to fewer than five take a third: 1 and 1 would be the only way to 2", () => {
  const cells = [1, 1, 30, 6].map((count, at) => ({ keys: [`r${at}`], count }));
  expect(shown(cells)).toEqual([null, null, 30, null]);
});

test("nothing is withheld where nothing is small", () => {
  expect(
    shown(
      cellsOf([
        [5, 0],
        [9, 12],
      ]),
    ),
  ).toEqual([5, 0, 9, 12]);
});

test("no row, column or table leaves one withheld count that its sum would give away", () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(fc.nat({ max: 12 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  fc.assert(
    fc.property(table, (counts) => {
      const cells = cellsOf(counts);
      const withheld = withheldCells(cells, LEAST);
      for (const { count } of cells.filter((cell) => !withheld.has(cell))) {
        expect(count === 0 || count >= LEAST).toBe(true);
      }
      for (const at of [0, 1]) {
        for (const name of new Set(cells.map(({ keys }) => keys[at]))) {
          const line = cells.filter(({ keys }) => keys[at] === name);
          const hidden = line.filter((cell) => withheld.has(cell));
          const isSafe = hidden.length !== 1 && hidden.reduce((sum, { count }) => sum + count, 0) >= LEAST;
          // A line that is withheld whole has a small sum, which is withheld as well.
          expect(hidden.length === 0 || isSafe || hidden.length === line.length).toBe(true);
        }
      }
    }),
  );
});
