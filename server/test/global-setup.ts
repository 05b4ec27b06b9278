import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives the run a folder that all test files share (a PostgreSQL cluster and a migrated snapshot, made by the first
 * file that wants them) and clears it away at the end.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hy-test-run-"));
  process.env.HY_TEST_RUN = folder;
  return () => {
    for (const pidFile of ["cluster.pid"]) {
      try {
        // SIGQUIT: immediate shutdown (postgres(1)).
        process.kill(Number(readFileSync(join(folder, pidFile), "utf8")), "SIGQUIT");
      } catch {
        // No test of this run asked for PostgreSQL.
      }
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}
