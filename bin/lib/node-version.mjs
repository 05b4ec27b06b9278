// The launcher itself needs little; everything else runs under the pinned Node 24.
import { Stop, say } from "./say.mjs";

const LEAST = [20, 19];

/**
 * True when `version` ("20.19.0") is at least 20.19.
 * @param {string} version
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/**
 * Ends the process with a clear message under an older Node.
 * @param {string} version
 */
export function requireNode(version) {
  if (isNewEnough(version)) return;
  say(
    `Node ${LEAST.join(".")} or newer is needed to start; this is ${version}. Get one from https://nodejs.org`,
  );
  process.exit(1);
}

/** @param {string} version @returns {never} */
export function refuseToRunOn(version) {
  throw new Stop(
    `no pinned Node for ${process.platform}-${process.arch}, and this Node is ${version}: install Node 24 and try again`,
  );
}
