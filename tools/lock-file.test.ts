import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findMissingPackages, type LockFile } from "./src/lock-file.ts";

const root = join(import.meta.dirname, "..");

test("package-lock.json holds everything that it names, for every platform", () => {
  const lockFile = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;
  expect(findMissingPackages(lockFile)).toEqual([]);
});

test("a lock file that leaves out another platform's package is found out", () => {
  const packages = {
    "": { devDependencies: { tool: "1.0.0" } },
    "node_modules/tool": {
      dependencies: { inner: "1" },
      optionalDependencies: { "tool-mac": "1", near: "1" },
    },
    "node_modules/tool/node_modules/near": { dependencies: { inner: "1" } },
    "node_modules/inner": {},
  };
  expect(findMissingPackages({ packages })).toEqual(["node_modules/tool → tool-mac"]);
});
