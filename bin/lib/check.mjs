// Everything that can be said of the code without running it.
import { findDrift } from "./generate.mjs";
import { runNode } from "./pinned-node.mjs";
import { say } from "./say.mjs";

const tsc = (project) => () => runNode("node_modules/typescript/bin/tsc", ["-p", project]);

/** @type {{ name: string, run: () => Promise<number> }[]} */
const steps = [
  { name: "format and lint", run: () => runNode("node_modules/@biomejs/biome/bin/biome", ["check"]) },
  { name: "types", run: tsc("tsconfig.json") },
  { name: "types without Node or DOM", run: tsc("tsconfig.pure.json") },
  { name: "types of the pages", run: tsc("web/tsconfig.json") },
  { name: "generated files", run: findDrift },
];
const architecture = { name: "architecture", run: () => runNode("tools/src/check-architecture.ts") };

/**
 * Runs all steps, also after one has failed, and says how each ended.
 * @param {{ architecture: boolean }} options `architecture: false` where the test of the same rules runs anyway
 * @returns {Promise<{ failed: string[] }>} the names of the steps that failed
 */
export async function runChecks(options) {
  const failed = [];
  for (const { name, run } of options.architecture ? [...steps, architecture] : steps) {
    if ((await run()) === 0) {
      say(`check: ${name}: ok`);
    } else {
      say(`check: ${name}: FAILED`);
      failed.push(name);
    }
  }
  return { failed };
}
