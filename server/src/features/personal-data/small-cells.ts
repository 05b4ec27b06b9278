/** A table of counts with its totals; null where a count is hidden. */
export interface CountTable {
  counts: (number | null)[][];
  rowTotals: (number | null)[];
  columnTotals: (number | null)[];
  total: number | null;
}

/** Hiding a count that people look for costs more; a nought or a total only when nothing else will do. */
const COST = { count: 1_000, nought: 1_000_000, total: 10_000_000, grandTotal: 1_000_000_000 };

/**
 * Hides every count from 1 to `k` − 1, totals included, and as many others as it takes so that no hidden one can be
 * computed from what is left: cell suppression for two-way tables, where a hidden cell is safe exactly when it lies on
 * an alternating cycle of hidden cells (after Cox, "Network models for complementary cell suppression", JASA 1995).
 * A reader is taken to know that counts are not negative, and nothing else.
 */
export function suppressSmallCells(counts: readonly (readonly number[])[], k: number): CountTable {
  const table = new Suppression(counts, k);
  for (let open = table.firstComputable(); open; open = table.firstComputable()) table.protect(...open);
  return table.shown();
}

type Step = { row: number; column: number };

/**
 * The table with its totals as one more row and column. With the sign of totals turned, every row and every column sums
 * to nought: what may change without changing anything shown is a cycle between rows and columns.
 */
class Suppression {
  readonly #values: number[][];
  readonly #hidden: boolean[][];
  readonly #rows: number;
  readonly #columns: number;

  constructor(counts: readonly (readonly number[])[], k: number) {
    const withTotals = counts.map((row) => [...row, sum(row)]);
    const columns = counts[0]?.length ?? 0;
    const bottom = Array.from({ length: columns + 1 }, (_, column) =>
      sum(withTotals.map((row) => row[column] ?? 0)),
    );
    this.#values = [...withTotals, bottom];
    this.#rows = this.#values.length;
    this.#columns = columns + 1;
    this.#hidden = this.#values.map((row) => row.map((value) => value > 0 && value < k));
  }

  /** A hidden cell that the shown ones give away. */
  firstComputable(): [number, number] | undefined {
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        if (this.#hidden[row]![column] && this.#cheapestCycle(row, column).cost > 0) return [row, column];
      }
    }
    return undefined;
  }

  /** Hides what closes the cheapest cycle through a cell. */
  protect(row: number, column: number): void {
    for (const step of this.#cheapestCycle(row, column).path) this.#hidden[step.row]![step.column] = true;
  }

  shown(): CountTable {
    const cell = (row: number, column: number) =>
      this.#hidden[row]![column] ? null : (this.#values[row]![column] ?? 0);
    const rows = Array.from({ length: this.#rows - 1 }, (_, row) => row);
    const columns = Array.from({ length: this.#columns - 1 }, (_, column) => column);
    return {
      counts: rows.map((row) => columns.map((column) => cell(row, column))),
      rowTotals: rows.map((row) => cell(row, this.#columns - 1)),
      columnTotals: columns.map((column) => cell(this.#rows - 1, column)),
      total: cell(this.#rows - 1, this.#columns - 1),
    };
  }

  #cheapestCycle(row: number, column: number): { cost: number; path: Step[] } {
    const upwards = this.#cheapestPath(row, column, "up");
    if (!this.#canMove(row, column, "down")) return upwards;
    const downwards = this.#cheapestPath(row, column, "down");
    return downwards.cost < upwards.cost ? downwards : upwards;
  }

  /**
   * From the cell's one end back to its other without the cell itself, by the cells that would move with it. Nodes are
   * the rows, then the columns; Bellman and Ford's way suits so small a graph.
   */
  #cheapestPath(row: number, column: number, direction: "up" | "down"): { cost: number; path: Step[] } {
    const start = direction === "up" ? this.#rows + column : row;
    const end = direction === "up" ? row : this.#rows + column;
    const costs = new Array<number>(this.#rows + this.#columns).fill(Number.POSITIVE_INFINITY);
    const cameBy = new Map<number, { from: number; step: Step }>();
    costs[start] = 0;
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      for (let r = 0; r < this.#rows; r++) {
        for (let c = 0; c < this.#columns; c++) {
          if (r === row && c === column) continue;
          const cost = this.#hidden[r]![c] ? 0 : this.#costOf(r, c);
          const ways = [
            [r, this.#rows + c, "up"],
            [this.#rows + c, r, "down"],
          ] as const;
          for (const [from, to, move] of ways) {
            if (!this.#canMove(r, c, move) || costs[from]! + cost >= costs[to]!) continue;
            costs[to] = costs[from]! + cost;
            cameBy.set(to, { from, step: { row: r, column: c } });
            isBetter = true;
          }
        }
      }
    }
    const path: Step[] = [];
    for (let node = end; node !== start; ) {
      const came = cameBy.get(node);
      if (!came) return { cost: Number.POSITIVE_INFINITY, path: [] };
      path.push(came.step);
      node = came.from;
    }
    return { cost: costs[end]!, path };
  }

  /** Whether the signed value may rise or fall: a count can always rise and never fall below nought. */
  #canMove(row: number, column: number, direction: "up" | "down"): boolean {
    const isTotal = (row === this.#rows - 1) !== (column === this.#columns - 1);
    return (direction === "up") !== isTotal || this.#values[row]![column]! > 0;
  }

  #costOf(row: number, column: number): number {
    const value = this.#values[row]![column]!;
    const isBottom = row === this.#rows - 1;
    const isRight = column === this.#columns - 1;
    if (isBottom && isRight) return COST.grandTotal;
    if (isBottom || isRight) return COST.total + value;
    return value === 0 ? COST.nought : COST.count + value;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
