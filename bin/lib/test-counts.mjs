// True totals from the two test runners' JSON reports. A file that did not load, an error outside any test, a flaky
// test and a missing report are failures, even where the runner counts no failed test.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A runner that failed without naming a failed test still failed once. */
const atLeastOne = (failed, exitCode) => (exitCode !== 0 && failed === 0 ? 1 : failed);

/**
 * @param {any} report Vitest's JSON report, undefined when none was written
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: atLeastOne(report.numFailedTests + unloaded.length, exitCode),
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * @param {any} report Playwright's JSON report, undefined when none was written
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: atLeastOne(unexpected + flaky, exitCode), skipped };
}

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  const add = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: add("passed"), failed: add("failed"), skipped: add("skipped") };
}
