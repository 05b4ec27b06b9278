import type { Edge, ModuleGraph } from "./module-graph.ts";
import { isForDevelopment, type Tree, topFolderOf, type Violation } from "./tree.ts";

/** Who may import whom: the complete rule of ARCHITECTURE.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  protocol: [],
  rules: ["protocol"],
  chip: ["protocol"],
  api: ["protocol", "rules"],
  vision: [],
  server: ["api", "protocol", "rules", "vision"],
  web: ["api", "protocol"],
  simulator: ["chip", "protocol", "api"],
  testbed: ["protocol", "rules", "chip", "api", "vision", "server", "web", "simulator"],
  bench: ["protocol", "rules", "chip", "api", "vision", "server", "web", "simulator", "testbed"],
  tools: [],
  bin: [],
};

function breach(edge: Edge, tree: Tree): string | undefined {
  const from = topFolderOf(edge.from);
  if (edge.to === undefined || from === undefined) return undefined;
  const to = topFolderOf(edge.to);
  if (to !== from) {
    if (edge.relative && !edge.asFile) return `import ${to} by its package name, not by a relative path`;
    if (to !== undefined && !MAY_IMPORT[from]?.includes(to)) return `${from} must not import ${to}`;
  } else if (!edge.relative && /^[^/]+\/src\//.test(edge.from) && !isForDevelopment(edge.from)) {
    return "import files of the same workspace by a relative path";
  }
  if (tree.has(edge.to)) return undefined;
  return `"${edge.specifier}" leads to no file; a relative import carries its extension, a package has such an export`;
}

function halfOfTheWeb(path: string): string | undefined {
  return /^web\/(console|mobile)\//.exec(path)?.[1];
}

/** Imports between workspaces that the rule does not allow, or that lead nowhere. */
export function checkImportRule(tree: Tree, graph: ModuleGraph): Violation[] {
  const edges = [...graph.edges.values()].flat();
  return edges.flatMap((edge): Violation[] => {
    const message = breach(edge, tree);
    return message === undefined ? [] : [{ path: edge.from, line: edge.line, message }];
  });
}

/** Console and mobile pages never meet: what both need lives in web/ui, web/map or web/live, which know neither. */
export function checkWebHalves(graph: ModuleGraph): Violation[] {
  const edges = [...graph.edges.values()].flat();
  return edges.flatMap(({ from, to, line }): Violation[] => {
    const half = to === undefined ? undefined : halfOfTheWeb(to);
    if (half === undefined || half === halfOfTheWeb(from) || !from.startsWith("web/")) return [];
    return [{ path: from, line, message: `only web/${half} may import web/${half}` }];
  });
}
