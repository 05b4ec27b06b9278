import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./tree.ts";

const NOT_OURS = new Set([
  ".git",
  "node_modules",
  "dist",
  "generated",
  ".data",
  "data",
  ".cache",
  "test-results",
  "playwright-report",
]);
const TEXT = /\.(ts|tsx|mjs|json|css|html|md|sql|cddl|sh|conf|yml|yaml|toml|txt|svg)$|^\.ci\/|(^|\/)[A-Z]+$/;

/** Reads all files under `root` that are ours, tracked or not yet. */
export function readTree(root: string): Tree {
  const files = new Map<string, string>();
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!NOT_OURS.has(entry.name)) visit(path);
      } else if (entry.isFile()) {
        files.set(path, TEXT.test(path) ? readFileSync(join(root, path), "utf8") : "");
      }
    }
  };
  visit("");
  return files;
}
