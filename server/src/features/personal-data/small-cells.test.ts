import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CountTable, suppressSmallCells } from "./small-cells.ts";

/** Every count as a reader sees it, totals last in each row and column. */
function whole({ counts, rowTotals, columnTotals, total }: CountTable): (number | null)[][] {
  return [...counts.map((row, index) => [...row, rowTotals[index]!]), [...columnTotals, total]];
}

/**
 * What a reader with paper and patience finds: all tables of counts up to `most` that fit everything shown, and for
 * each hidden count the values it takes in them.
 */
function possibleValues(shown: CountTable, most: number): Map<string, Set<number>> {
  const rows = shown.counts.length;
  const columns = shown.counts[0]!.length;
  const found = new Map<string, Set<number>>();
  const table = shown.counts.map((row) => row.map((value) => value ?? 0));
  const note = () => {
    const rowSums = table.map((row) => row.reduce((a, b) => a + b, 0));
    const columnSums = table[0]!.map((_, column) => table.reduce((a, row) => a + row[column]!, 0));
    const total = rowSums.reduce((a, b) => a + b, 0);
    const fits =
      shown.rowTotals.every((value, row) => value === null || value === rowSums[row]) &&
      shown.columnTotals.every((value, column) => value === null || value === columnSums[column]) &&
      (shown.total === null || shown.total === total);
    if (!fits) return;
    const actual = [...table.map((row, index) => [...row, rowSums[index]!]), [...columnSums, total]];
    whole(shown).forEach((row, r) => {
      row.forEach((value, c) => {
        if (value !== null) return;
        const key = `${r},${c}`;
        found.set(key, (found.get(key) ?? new Set()).add(actual[r]![c]!));
      });
    });
  };
  const fill = (cell: number): void => {
    if (cell === rows * columns) {
      note();
      return;
    }
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    if (shown.counts[row]![column] !== null) {
      fill(cell + 1);
      return;
    }
    for (let value = 0; value <= most; value++) {
      table[row]![column] = value;
      fill(cell + 1);
    }
  };
  fill(0);
  return found;
}

describe("small counts", () => {
  test("are hidden with one more in their row and column, and totals stay", () => {
    const shown = suppressSmallCells(
      [
        [20, 2, 30],
        [11, 40, 12],
        [50, 60, 70],
      ],
      5,
    );
    expect(shown.counts[0]![1]).toBeNull();
    for (const line of [shown.counts[0]!, shown.counts.map((row) => row[1]!)]) {
      expect(line.filter((value) => value === null).length).toBeGreaterThanOrEqual(2);
    }
    expect(shown.rowTotals).toEqual([52, 63, 180]);
    expect(shown.total).toBe(295);
  });

  test("that are not there hide nothing, and nought is no secret", () => {
    const counts = [
      [0, 9],
      [7, 5],
    ];
    expect(suppressSmallCells(counts, 5)).toEqual({
      counts,
      rowTotals: [9, 12],
      columnTotals: [7, 14],
      total: 21,
    });
  });

  test("a small total is hidden as well", () => {
    const shown = suppressSmallCells(
      [
        [1, 2],
        [30, 40],
        [50, 60],
      ],
      5,
    );
    expect(shown.rowTotals[0]).toBeNull();
    expect(shown.counts[0]).toEqual([null, null]);
  });

  test("the smallest that is shown is a choice", () => {
    const counts = [
      [6, 20],
      [30, 40],
    ];
    expect(suppressSmallCells(counts, 5).counts).toEqual(counts);
    expect(suppressSmallCells(counts, 10).counts[0]![0]).toBeNull();
  });

  test("no hidden count can be computed from what is shown, by trying every table that fits", () => {
    const small = fc.integer({ min: 0, max: 4 });
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(small, { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 4 }), (counts, k) => {
        const shown = suppressSmallCells(counts, k);
        for (const row of whole(shown))
          for (const value of row) expect(value === null || value === 0 || value >= k).toBe(true);
        for (const values of possibleValues(shown, 9).values()) expect(values.size).toBeGreaterThan(1);
      }),
      { numRuns: 60 },
    );
  });

  test("a county's table of townships takes no time worth naming", () => {
    const counts = Array.from({ length: 18 }, (_, row) => [row * 7, (row * 3) % 6, row % 4]);
    const shown = suppressSmallCells(counts, 5);
    const hidden = whole(shown)
      .flat()
      .filter((value) => value === null).length;
    expect(hidden).toBeGreaterThan(10);
    expect(hidden).toBeLessThan(60);
  });
});
