import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkArchitecture } from "./src/architecture.ts";
import { readTree } from "./src/read-tree.ts";
import { describeViolation } from "./src/tree.ts";

const tree = readTree(resolve(import.meta.dirname, ".."));

describe("this repository", () => {
  test("is what the checks read", () => {
    for (const path of [
      "protocol/src/index.ts",
      "server/src/app.ts",
      "bin/hanyouxu.mjs",
      "ARCHITECTURE.md",
    ]) {
      expect(tree.get(path), path).not.toBe("");
      expect([...tree.keys()]).toContain(path);
    }
  });

  test.each([...checkArchitecture(tree)])("%s", (_rule, violations) => {
    expect(violations.map(describeViolation)).toEqual([]);
  });
});
