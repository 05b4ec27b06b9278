// npm packages: installed when they are not what package-lock.json says, and only then.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { runChild } from "./child.mjs";
import { inRoot, root } from "./paths.mjs";
import { Stop, say } from "./say.mjs";

const lockFile = inRoot("package-lock.json");
const hashFile = inRoot("node_modules", ".hanyouxu-lock-hash");
// npm's own record of what it put into node_modules.
const installedFile = inRoot("node_modules", ".package-lock.json");

/**
 * True when `installed` (npm's record) holds every package of `lock` at its version; an optional one may be absent,
 * because it is another platform's.
 * @param {{ packages: Record<string, any> }} lock
 * @param {{ packages: Record<string, any> }} installed
 */
export function holdsAll(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed.packages[path];
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

function isInstalled(lockText, hash) {
  if (!existsSync(installedFile)) return false;
  if (existsSync(hashFile) && readFileSync(hashFile, "utf8").trim() === hash) return true;
  // Installed by hand with npm: nothing to do again, if it is the same.
  return holdsAll(JSON.parse(lockText), JSON.parse(readFileSync(installedFile, "utf8")));
}

/** Brings node_modules to what package-lock.json says. Throws `Stop` when npm fails. */
export async function ensurePackages() {
  const lockText = readFileSync(lockFile, "utf8");
  const hash = createHash("sha256").update(lockText).digest("hex");
  if (!isInstalled(lockText, hash)) {
    say("installing npm packages (npm ci); about a minute, only when package-lock.json has changed");
    // Dev and optional packages are needed whatever the person's npm settings: the pinned Node is optional.
    const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
    const viaNpm = process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : undefined;
    const exitCode = await (viaNpm
      ? runChild(process.execPath, [viaNpm, ...args], { cwd: root, stdout: 2 })
      : runChild("npm", args, { cwd: root, stdout: 2 }));
    if (exitCode !== 0)
      throw new Stop(`npm ci failed (exit code ${exitCode}); its message is above`, exitCode);
  }
  if (!existsSync(hashFile) || readFileSync(hashFile, "utf8").trim() !== hash)
    writeFileSync(hashFile, `${hash}\n`);
}
