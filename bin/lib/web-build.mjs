// The pages: built by Vite when a source is newer than what was built, told by a hash of the sources.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inRoot, root } from "./paths.mjs";
import { runNode } from "./pinned-node.mjs";
import { Stop, say } from "./say.mjs";

/** Everything a page is built from, by path from the root. */
const sources = [
  "web",
  "api/src",
  "protocol/src",
  "rules/src",
  "api/package.json",
  "protocol/package.json",
  "package-lock.json",
  "tsconfig.base.json",
];
const madeByTheBuild = new Set(["node_modules", "dist", "generated", "test-results"]);

const hashFile = inRoot(".cache", "web-build-hash");
const builtPage = inRoot("web", "dist", "index.html");

/** @param {string} path @returns {string[]} absolute paths of the files at or under `path`, sorted */
export function filesUnder(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return madeByTheBuild.has(entry.name) ? [] : filesUnder(join(path, entry.name));
    return /\.test\.tsx?$/.test(entry.name) ? [] : [join(path, entry.name)];
  });
}

function sourcesHash() {
  const hash = createHash("sha256");
  const files = sources.map((source) => inRoot(source)).filter(existsSync);
  for (const file of files.flatMap((path) => (/\.json$/.test(path) ? [path] : filesUnder(path)))) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Builds the web when it is missing or its sources have changed. */
export async function ensureWeb() {
  const hash = sourcesHash();
  if (existsSync(builtPage) && existsSync(hashFile) && readFileSync(hashFile, "utf8").trim() === hash) return;
  say("building the pages (vite build), only when their sources have changed");
  const exitCode = await runNode("node_modules/vite/bin/vite.js", ["build", "--logLevel", "warn"], {
    cwd: inRoot("web"),
    stdout: 2,
  });
  if (exitCode !== 0)
    throw new Stop(`vite build failed (exit code ${exitCode}); its message is above`, exitCode);
  mkdirSync(inRoot(".cache"), { recursive: true });
  writeFileSync(hashFile, `${hash}\n`);
}
