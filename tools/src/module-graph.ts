import { posix } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { isCode, type Tree, topFolderOf } from "./tree.ts";
import { readWorkspaces, type Workspace } from "./workspaces.ts";

/** An import together with what it leads to. */
export interface Edge extends Import {
  from: string;
  /** A code file of this repository, by path; undefined for an asset or something outside. */
  to?: string;
  /** The npm package, or `node:…`, outside this repository. */
  external?: string;
  /** Set when the specifier is relative. */
  relative: boolean;
}

export interface ModuleGraph {
  workspaces: readonly Workspace[];
  /** Every code file with its imports, in the order written. */
  edges: ReadonlyMap<string, readonly Edge[]>;
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function resolve(from: string, found: Import, workspaces: readonly Workspace[]): Edge {
  const { specifier } = found;
  if (specifier.startsWith(".")) {
    const path = posix.join(posix.dirname(from), specifier);
    return { ...found, from, relative: true, ...(isCode(path) ? { to: path } : {}) };
  }
  const workspace = workspaces.find(({ name }) => name === packageOf(specifier));
  if (!workspace) {
    const external = specifier.startsWith("node:") ? specifier : packageOf(specifier);
    return { ...found, from, relative: false, external };
  }
  const entry = workspace.exports.get(`.${specifier.slice(workspace.name.length)}`);
  return { ...found, from, relative: false, to: entry ?? `${workspace.folder}/(no export of this name)` };
}

/** Reads the imports of all code files in workspaces, `bin/` and the root. */
export function buildModuleGraph(tree: Tree): ModuleGraph {
  const workspaces = readWorkspaces(tree);
  const folders = new Set([...workspaces.map(({ folder }) => folder), "bin", undefined]);
  const edges = new Map<string, Edge[]>();
  for (const [path, text] of tree) {
    if (!isCode(path) || !folders.has(topFolderOf(path))) continue;
    edges.set(
      path,
      importsOf(text).map((found) => resolve(path, found, workspaces)),
    );
  }
  return { workspaces, edges };
}
