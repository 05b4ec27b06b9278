import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The longest, longest first. The first needs no county, which the next ones wait for while one of them makes it; the many
 * short files of `parts` come last, so that no core idles while another ends a long one.
 */
const longest = [
  "testbed/test/simulation.test.ts",
  "testbed/test/crash.test.ts",
  "testbed/test/evidence-upload.test.ts",
  "testbed/test/import-crash.test.ts",
  "testbed/test/man-in-the-middle.test.ts",
  "testbed/test/alarm-crash.test.ts",
  "server/test/audited-reads.test.ts",
  "server/test/evidence-checks.test.ts",
  "server/test/role-matrix.test.ts",
  "server/test/imports.test.ts",
  "server/test/process.test.ts",
  "server/test/migrate.test.ts",
];
for (const file of longest)
  if (!existsSync(join(import.meta.dirname, file)))
    throw new Error(`${file} is not there: name it anew here`);

class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId, project }: TestSpecification) => {
      const place = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return (project.name === "systems" ? 0 : 100) + (place === -1 ? longest.length : place);
    };
    // Stable: the others in Vitest's own order, by size.
    return (await super.sort(specifications)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

const exclude = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    globalSetup: ["server/test/global-setup.ts"],
    pool: "forks",
    // One a core, three at least, for a quarter of the time is waiting; and not so many that they lack memory.
    maxWorkers: Math.min(8, Math.max(3, availableParallelism())),
    // Room for young objects from the start: by itself V8 has little at first, and copies what is loaded again and again.
    execArgv: ["--min-semi-space-size=16"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    // Conditions are waited for as long as a busy machine needs.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          // Whole systems and processes; each file has a process of its own.
          name: "systems",
          include: ["{testbed,tools}/**/*.test.ts", "bench/src/main.test.ts", "bin/**/*.test.mjs"],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          // A worker reads modules and PGlite's WebAssembly once for all its files: a process for each cost as much again as
          // their tests. So a file leaves no global changed; each test has a database, a clock and a folder of its own.
          name: "parts",
          include: ["{protocol,rules,chip,server,api,simulator,bench,web}/**/*.test.ts"],
          exclude: [...exclude, "bench/src/main.test.ts"],
          isolate: false,
        },
      },
    ],
  },
});
