import type { ModuleGraph } from "./module-graph.ts";
import type { Violation } from "./tree.ts";

/** The strongly connected parts of more than one file (Tarjan 1972), each sorted by path. */
function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string) => {
    order.set(path, order.size);
    low.set(path, order.get(path)!);
    open.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!order.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path)!, low.get(next)!));
      } else if (open.includes(next)) {
        low.set(path, Math.min(low.get(path)!, order.get(next)!));
      }
    }
    if (low.get(path) !== order.get(path)) return;
    const part = open.splice(open.indexOf(path));
    if (part.length > 1 || edges.get(path)?.includes(path)) cycles.push(part.sort());
  };
  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return cycles;
}

/** Files that need each other when they run. Imports of types are erased, so a table and its rows may name each other. */
export function checkCycles(graph: ModuleGraph): Violation[] {
  const known = [...graph.edges].map(([path, edges]): [string, string[]] => [
    path,
    edges.flatMap(({ to, typeOnly }) => (!typeOnly && to !== undefined && graph.edges.has(to) ? [to] : [])),
  ]);
  return cyclesOf(new Map(known)).map((cycle) => ({
    path: cycle[0]!,
    message: `imports itself through ${cycle.slice(1).join(", ") || "itself"}; move what they share into a file of its own`,
  }));
}
