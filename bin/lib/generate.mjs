// Files that are written by a program and committed, each with the program that writes it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { runNode } from "./pinned-node.mjs";
import { say } from "./say.mjs";

const isJson = (name) => name.endsWith(".json");

/** A script, and the files in a folder that it writes, wholly or in part. */
const generators = [
  { script: "api/generate-openapi.ts", folder: "api", isOutput: (name) => name === "openapi.json" },
  { script: "protocol/vectors/generate.ts", folder: "protocol/vectors", isOutput: isJson },
  { script: "rules/vectors/write-vectors.ts", folder: "rules/vectors", isOutput: isJson },
  {
    script: "server/src/commands/write-configuration-page.ts",
    folder: "docs/operations",
    isOutput: (name) => name === "configuration.md",
  },
  {
    script: "server/build/write-divisions.ts",
    folder: "server/src/features/regions/generated",
    isOutput: (name) => name === "divisions.txt",
  },
];

/** @returns {Map<string, string>} content by path from the root */
function readOutputs() {
  const paths = generators.flatMap(({ folder, isOutput }) =>
    readdirSync(inRoot(folder))
      .filter(isOutput)
      .map((name) => join(folder, name)),
  );
  return new Map(paths.map((path) => [path, readFileSync(inRoot(path), "utf8")]));
}

/** Writes every generated file again; resolves to the exit code. */
export async function generate() {
  for (const { script } of generators) {
    const exitCode = await runNode(script, [], { stdout: 2 });
    if (exitCode !== 0) {
      say(`${script} failed (exit code ${exitCode})`);
      return exitCode;
    }
  }
  return 0;
}

/** Names the files that differ from what their generator writes, and leaves them as they were; resolves to 1 for any. */
export async function findDrift() {
  const before = readOutputs();
  const exitCode = await generate();
  const after = readOutputs();
  const drifted = [...after].filter(([path, text]) => before.get(path) !== text);
  for (const [path] of drifted) {
    if (before.has(path)) writeFileSync(inRoot(path), before.get(path));
    say(`${path} is not what its source generates: run "npm run gen" and commit it`);
  }
  return exitCode !== 0 ? exitCode : Math.min(drifted.length, 1);
}
