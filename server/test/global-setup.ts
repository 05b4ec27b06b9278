import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Gives the run a folder that all test files share (a PostgreSQL cluster and a migrated snapshot, made by the first
 * file that wants them) and clears it away at the end.
 */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hy-test-run-"));
  // PostgreSQL, which does not run as root, has its folder below.
  chmodSync(folder, 0o755);
  process.env.HY_TEST_RUN = folder;
  return async () => {
    for (const pidFile of globSync(join(folder, "hy-postgres-*", "data", "postmaster.pid")))
      await stop(pidFile);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}

/** Ends a PostgreSQL at once (SIGQUIT, see postgres(1)) and waits until it has let go of its folder. */
async function stop(pidFile: string): Promise<void> {
  try {
    process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGQUIT");
  } catch {
    // Dead already: a test killed it.
    return;
  }
  for (let waited = 0; existsSync(pidFile) && waited < 10_000; waited += 50) await pause(50);
}
