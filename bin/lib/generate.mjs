// Files that are written by a program and committed, each with the program that writes it.
import { existsSync, readFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { runNode } from "./pinned-node.mjs";
import { say } from "./say.mjs";

const generators = [{ script: "rules/vectors/write-vectors.ts", files: ["rules/vectors/start-pack.json"] }];

const contentOf = (file) => (existsSync(inRoot(file)) ? readFileSync(inRoot(file), "utf8") : undefined);

/** Writes every generated file again; resolves to the exit code. */
export async function generate() {
  for (const { script, files } of generators) {
    const exitCode = await runNode(script, [], { stdout: 2 });
    if (exitCode !== 0) {
      say(`${script} failed (exit code ${exitCode}): ${files.join(", ")} not written`);
      return exitCode;
    }
  }
  return 0;
}

/** Resolves to 1, and names the files, when a committed file differs from what its generator writes. */
export async function findDrift() {
  const files = generators.flatMap((generator) => generator.files);
  const before = files.map(contentOf);
  const exitCode = await generate();
  if (exitCode !== 0) return exitCode;
  const drifted = files.filter((file, index) => contentOf(file) !== before[index]);
  for (const file of drifted) say(`${file} was out of date; it has been written again, commit it`);
  return drifted.length === 0 ? 0 : 1;
}
