// The whole test run: check, Vitest, then Playwright, and one line that counts them truly.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { runChecks } from "./check.mjs";
import { inRoot } from "./paths.mjs";
import { runNode } from "./pinned-node.mjs";
import { say } from "./say.mjs";
import { countPlaywright, countVitest, sum } from "./test-counts.mjs";
import { failuresText, playwrightFailures, vitestFailures } from "./test-failures.mjs";

/**
 * Of Node for the browser tests and the processes that they run in: room for young objects from the start. By itself V8 has
 * little at first, and copies again and again what the systems in them load.
 */
const flags = ["--min-semi-space-size=16"];

/** The end-to-end tests in a real browser; resolves to Playwright's exit code. */
export function runBrowserTests(args = [], env = {}) {
  const config = ["test", "--config", "testbed/playwright.config.ts"];
  return runNode("node_modules/@playwright/test/cli.js", [...config, ...args], { env, flags });
}

function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Vitest names files by their whole path, Playwright from the tests' folder. */
const inRepository = (file) => (isAbsolute(file) ? relative(inRoot("."), file) : file);

/** Runs everything, names what failed, prints `N passed, N failed` last; resolves to 0 only when tests ran and nothing failed. */
export async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "hy-test-reports-"));
  try {
    const checks = await runChecks({ architecture: false });

    const vitestFile = join(folder, "vitest.json");
    const vitestReporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestFile}`];
    const vitestExit = await runNode("node_modules/vitest/vitest.mjs", ["run", ...vitestReporters]);
    const vitestReport = report(vitestFile);
    const vitest = countVitest(vitestReport, vitestExit);

    const playwrightFile = join(folder, "playwright.json");
    const playwrightExit = await runBrowserTests(["--reporter=list,json"], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightFile,
    });
    const playwrightReport = report(playwrightFile);
    const playwright = countPlaywright(playwrightReport, playwrightExit);

    const failures = [...vitestFailures(vitestReport), ...playwrightFailures(playwrightReport)];
    process.stdout.write(failuresText(failures, inRepository));
    const counts = { check: { passed: 0, failed: checks.failed.length, skipped: 0 }, vitest, playwright };
    for (const [name, { passed, failed, skipped }] of Object.entries(counts)) {
      if (name !== "check" || failed > 0)
        say(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    }
    if (checks.failed.length > 0) say(`failed checks, counted below: ${checks.failed.join(", ")}`);
    const total = sum(Object.values(counts));
    process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
    return total.failed === 0 && vitest.passed > 0 && playwright.passed > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
