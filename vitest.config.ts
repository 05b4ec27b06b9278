import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{protocol,rules,chip,api,server,simulator,testbed,tools,web,bench}/**/*.test.ts",
      "bin/**/*.test.mjs",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["server/test/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Conditions are waited for as long as a busy machine needs.
    expect: { poll: { timeout: 15_000, interval: 20 } },
  },
});
