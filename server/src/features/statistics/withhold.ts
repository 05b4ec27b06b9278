/** A count of people under the values of its dimensions. */
export interface PeopleCell {
  keys: readonly (string | null)[];
  count: number;
}

/**
 * Which cells are withheld: every count from 1 to `least` − 1, and as many others as it takes so that none can be told
 * from a sum over any of the dimensions. In each line of cells that differ in one dimension only, and in all of them
 * together, none or at least two are withheld, and those are not fewer people than `least`.
 */
export function withheldCells(cells: readonly PeopleCell[], least: number): Set<PeopleCell> {
  const withheld = new Set(cells.filter(({ count }) => count > 0 && count < least));
  const lines = linesOf(cells);
  for (let isOpen = withheld.size > 0; isOpen; ) {
    isOpen = false;
    for (const line of lines) {
      const hidden = line.filter((cell) => withheld.has(cell));
      const people = hidden.reduce((sum, { count }) => sum + count, 0);
      if (hidden.length === 0 || (hidden.length > 1 && people >= least)) continue;
      const next = cheapest(line.filter((cell) => !withheld.has(cell)));
      if (!next) continue;
      withheld.add(next);
      isOpen = true;
    }
  }
  return withheld;
}

/** The cell with the fewest people, one of nobody only where there is no other. */
function cheapest(cells: readonly PeopleCell[]): PeopleCell | undefined {
  const cost = ({ count }: PeopleCell) => (count === 0 ? Number.MAX_SAFE_INTEGER : count);
  return cells.reduce<PeopleCell | undefined>(
    (best, cell) => (best && cost(best) <= cost(cell) ? best : cell),
    undefined,
  );
}

function linesOf(cells: readonly PeopleCell[]): PeopleCell[][] {
  const dimensions = cells[0]?.keys.length ?? 0;
  if (dimensions < 2) return [[...cells]];
  const lines = new Map<string, PeopleCell[]>();
  for (const cell of cells) {
    for (let at = 0; at < dimensions; at++) {
      // Of the same values but for one.
      const line = JSON.stringify([at, cell.keys.toSpliced(at, 1)]);
      const known = lines.get(line);
      if (known) known.push(cell);
      else lines.set(line, [cell]);
    }
  }
  return [[...cells], ...lines.values()];
}
