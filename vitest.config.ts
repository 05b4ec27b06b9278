import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    globalSetup: ["server/test/global-setup.ts"],
    pool: "forks",
    // One a core, three at least, for a quarter of the time is waiting; and not so many that they lack memory.
    maxWorkers: Math.min(8, Math.max(3, availableParallelism())),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Conditions are waited for as long as a busy machine needs.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          // Whole systems and processes; each file has a process of its own.
          name: "systems",
          include: [
            "{simulator,testbed,tools,bench}/**/*.test.ts",
            "server/src/**/*.test.ts",
            "bin/**/*.test.mjs",
          ],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          // A worker reads modules and PGlite's WebAssembly once for all its files: a process for each cost as much again as
          // their tests. So a file leaves no global changed; each test has a database, a clock and a folder of its own.
          name: "parts",
          include: ["{protocol,rules,chip,api,web}/**/*.test.ts", "server/test/**/*.test.ts"],
          exclude,
          isolate: false,
        },
      },
    ],
  },
});
