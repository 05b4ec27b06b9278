/** Prints every breach of the architecture, one a line, and exits with 1 when there is one. */
import { resolve } from "node:path";
import { checkArchitecture } from "./architecture.ts";
import { readTree } from "./read-tree.ts";
import { describeViolation } from "./tree.ts";

const violations = [...checkArchitecture(readTree(resolve(import.meta.dirname, "../..")))];
for (const [rule, found] of violations) {
  for (const violation of found) console.error(`${describeViolation(violation)}\n    (${rule})`);
}
process.exitCode = violations.some(([, found]) => found.length > 0) ? 1 : 0;
