import { posix } from "node:path";
import type { Tree } from "./tree.ts";

/** A package of this repository, as its package.json describes it. */
export interface Workspace {
  folder: string;
  name: string;
  /** Path from the root of the file behind each export (`.`, `./testing`). */
  exports: ReadonlyMap<string, string>;
  dependencies: ReadonlySet<string>;
  devDependencies: ReadonlySet<string>;
}

interface Manifest {
  name: string;
  workspaces?: string[];
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function readManifest(tree: Tree, path: string): Manifest {
  const text = tree.get(path);
  if (text === undefined) throw new Error(`${path} is missing`);
  return JSON.parse(text) as Manifest;
}

/** The workspaces that the root's package.json lists. */
export function readWorkspaces(tree: Tree): Workspace[] {
  return (readManifest(tree, "package.json").workspaces ?? []).map((folder) => {
    const manifest = readManifest(tree, `${folder}/package.json`);
    const exported = Object.entries(manifest.exports ?? {});
    return {
      folder,
      name: manifest.name,
      exports: new Map(exported.map(([name, path]) => [name, posix.join(folder, path)])),
      dependencies: new Set(Object.keys(manifest.dependencies ?? {})),
      devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
    };
  });
}

/** What any workspace's tests may use without naming it: the root's development packages. */
export function rootDevDependencies(tree: Tree): ReadonlySet<string> {
  return new Set(Object.keys(readManifest(tree, "package.json").devDependencies ?? {}));
}
