import { builtinModules } from "node:module";
import type { Edge, ModuleGraph } from "./module-graph.ts";
import { isForDevelopment, type Tree, topFolderOf, type Violation } from "./tree.ts";
import { rootDevDependencies, type Workspace } from "./workspaces.ts";

function breach(
  edge: Edge,
  workspace: Workspace | undefined,
  forTests: ReadonlySet<string>,
): string | undefined {
  const name = edge.external;
  if (name === undefined || name.startsWith("node:")) return undefined;
  if (builtinModules.includes(name)) return `write "node:${name}"`;
  const inDevelopment = isForDevelopment(edge.from) || edge.typeOnly;
  if (workspace?.dependencies.has(name)) return undefined;
  if (inDevelopment && (workspace?.devDependencies.has(name) || forTests.has(name))) return undefined;
  if (workspace === undefined && forTests.has(name)) return undefined;
  if (workspace?.devDependencies.has(name))
    return `"${name}" is a development package of ${workspace.folder} only`;
  return `"${name}" is not in ${workspace?.folder ?? "the root"}'s package.json`;
}

/** npm hoists, so an undeclared package still resolves here and nowhere else. */
export function checkDependencies(tree: Tree, graph: ModuleGraph): Violation[] {
  const forTests = rootDevDependencies(tree);
  return [...graph.edges].flatMap(([path, edges]) => {
    const workspace = graph.workspaces.find(({ folder }) => folder === topFolderOf(path));
    const own = edges.flatMap((edge): Violation[] => {
      const message = breach(edge, workspace, forTests);
      return message === undefined ? [] : [{ path, line: edge.line, message }];
    });
    const ofUs = edges.flatMap((edge): Violation[] => {
      const target = graph.workspaces.find(
        ({ folder }) => edge.to !== undefined && folder === topFolderOf(edge.to),
      );
      if (!workspace || !target || target === workspace || edge.relative) return [];
      if (workspace.dependencies.has(target.name) || workspace.devDependencies.has(target.name)) return [];
      return [
        { path, line: edge.line, message: `"${target.name}" is not in ${workspace.folder}'s package.json` },
      ];
    });
    return [...own, ...ofUs];
  });
}
