// The Node that runs everything but this launcher: pinned in package-lock.json as an optional platform package.
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { runChild } from "./child.mjs";
import { refuseToRunOn } from "./node-version.mjs";
import { inRoot } from "./paths.mjs";

/** Absolute path of the Node binary to use: the pinned one, or ours where it is 24 or newer. */
export function nodeBinary() {
  const pinned = inRoot("node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split(".")[0]) < 24) refuseToRunOn(process.versions.node);
  return process.execPath;
}

/**
 * Our environment with `node_modules/.bin` first, so that a script's own `node` is the pinned one too. Node keeps what it
 * has made of our TypeScript between starts (https://nodejs.org/api/module.html#module-compile-cache).
 */
export function pinnedEnvironment(extra = {}) {
  const path = [inRoot("node_modules", ".bin"), process.env.PATH].join(delimiter);
  const cache = inRoot("node_modules", ".cache", "compiled");
  return { NODE_COMPILE_CACHE: cache, ...process.env, PATH: path, ...extra };
}

/**
 * Runs a script of the repository (a path from its root) under the pinned Node.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdout?: "inherit" | 2, flags?: readonly string[] }} [options]
 * `flags` are Node's own
 */
export function runNode(script, args = [], { flags = [], ...options } = {}) {
  return runChild(nodeBinary(), [...flags, inRoot(script), ...args], {
    ...options,
    env: pinnedEnvironment(options.env),
  });
}
