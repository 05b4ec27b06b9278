// What failed, from the two test runners' JSON reports: told again beside the totals, for the runners tell it where it
// happened, far up in the output, and who reads only its end would not learn the names.
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ file: string, title: string, message: string }} Failure */

/** As many lines of a message as tell an assertion with what was expected and received, and who asked. */
const messageLines = 8;
/** When much fails, it is mostly for one reason. */
const mostNamed = 20;

function shortened(message) {
  const lines = stripVTControlCharacters(message ?? "")
    .split("\n")
    // Of a stack, the project's own part.
    .filter((line) => line.trim() !== "" && !/^\s*at .*(node_modules|node:)/.test(line));
  // Vitest's report says nothing of a hook that failed.
  return lines.length === 0 ? "its message is above" : lines.slice(0, messageLines).join("\n");
}

/**
 * @param {any} report Vitest's JSON report, undefined when none was written
 * @returns {Failure[]} a file that did not load is one, without a title
 */
export function vitestFailures(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === "failed");
    if (file.status === "failed" && tests.length === 0)
      return [{ file: file.name, title: "", message: shortened(file.message) }];
    return tests.map((test) => ({
      file: file.name,
      title: test.fullName,
      message: shortened(test.failureMessages?.join("\n")),
    }));
  });
}

/**
 * @param {any} report Playwright's JSON report, undefined when none was written
 * @returns {Failure[]} flaky tests among them; an error outside any test is one, without a title
 */
export function playwrightFailures(report) {
  const inSuite = (suite, titles) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === "unexpected" || test.status === "flaky")
        .map((test) => ({
          file: spec.file,
          title: [...titles, spec.title].join(" › "),
          message: shortened(test.results.find((result) => result.error)?.error.message),
        })),
    ),
    // A file's suite has the file's name for a title; those within it are the tests' groups.
    ...(suite.suites ?? []).flatMap((inner) => inSuite(inner, [...titles, inner.title])),
  ];
  const outside = (report?.errors ?? []).map((error) => ({
    file: error.location?.file ?? "",
    title: "",
    message: shortened(error.message),
  }));
  return [...(report?.suites ?? []).flatMap((suite) => inSuite(suite, [])), ...outside];
}

/**
 * @param {Failure[]} failures
 * @param {(file: string) => string} relative a file's name as people know it
 * @returns {string} a paragraph for each of the first, and how many there are more; empty without any
 */
export function failuresText(failures, relative) {
  const paragraphs = failures.slice(0, mostNamed).map(({ file, title, message }) => {
    const name = [relative(file), title].filter((part) => part !== "").join(" › ");
    return `failed: ${name}\n${message.replace(/^/gm, "  ")}\n`;
  });
  const more = failures.length - paragraphs.length;
  return paragraphs.join("") + (more > 0 ? `failed: ${more} more, named above\n` : "");
}
