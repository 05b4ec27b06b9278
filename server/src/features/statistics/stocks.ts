import type { CountedRow } from "./counted-row.ts";

/**
 * What there is at each point of time, from what was added before the first and at each of them.
 * @param at the place of the time among the keys; it is empty where something was added earlier
 */
export function standUpTo(rows: readonly CountedRow[], at: number, points: readonly string[]): CountedRow[] {
  const groups = new Map<string, { keys: CountedRow["keys"]; added: Map<string, CountedRow> }>();
  for (const row of rows) {
    const name = JSON.stringify(row.keys.toSpliced(at, 1));
    const group = groups.get(name) ?? { keys: row.keys, added: new Map() };
    groups.set(name, group);
    group.added.set(row.keys[at] ?? "", row);
  }
  return [...groups.values()].flatMap(({ keys, added }) => {
    const standing = new Map<string, number>();
    const add = (row: CountedRow | undefined) => {
      for (const [part, count] of row?.counts ?? []) standing.set(part, (standing.get(part) ?? 0) + count);
    };
    add(added.get(""));
    return points.map((point) => {
      add(added.get(point));
      return { keys: keys.with(at, point), counts: new Map(standing) };
    });
  });
}
