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
          name: "parts",
          include: [
            "{protocol,rules,chip,api,simulator,testbed,tools,web,bench}/**/*.test.ts",
            "server/src/**/*.test.ts",
            "bin/**/*.test.mjs",
          ],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          // The whole server: its modules and PGlite's WebAssembly are read once for all files, not 75 times. Each
          // test has a database, a clock and a folder of its own.
          name: "server",
          include: ["server/test/**/*.test.ts"],
          exclude,
          isolate: false,
        },
      },
    ],
  },
});
