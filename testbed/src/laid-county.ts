import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { followMovement } from "@hanyouxu/server";
import { startPostgres } from "./external/postgres.ts";
import { makeCounty, type SystemOptions, startSystem } from "./system.ts";

const run = promisify(execFile);

/** `embedded`, and `server` on PostgreSQL: as it is made; `past`: embedded, with its simulated weeks and movement over them. */
export type CountyKind = "embedded" | "server" | "past";

/** Under a run's folder: what goes into a system's folder, and beside it what does not. */
const SYSTEM = "system";
const POSTGRES = "postgres";

const makers: Record<CountyKind, (folder: string) => Promise<void>> = {
  embedded: (folder) => makeCounty(join(folder, SYSTEM)),
  async server(folder) {
    const postgres = await startPostgres({}, { keptFolder: join(folder, POSTGRES) });
    try {
      await makeCounty(join(folder, SYSTEM), postgres.url);
    } finally {
      await postgres.stop();
    }
  },
  async past(folder) {
    await using system = await startSystem({
      dir: join(folder, SYSTEM),
      environment: { HY_LOG_LEVEL: "silent" },
    });
    await system.history!.done;
    await followMovement(system.app!.ctx);
  },
};

/**
 * Lays a county into the folder of a system that is going to start there. The first who asks in a run of tests makes it,
 * which takes a core half a minute; all have copies. Outside a run (HY_TEST_RUN names its folder) nothing is laid, and the
 * system makes its own.
 * @returns what `startSystem` is to be told of it
 */
export async function layCounty(
  dir: string,
  kind: CountyKind,
): Promise<Pick<SystemOptions, "dir" | "postgresLike">> {
  const runFolder = process.env.HY_TEST_RUN;
  if (!runFolder) return { dir };
  const made = join(runFolder, `county-${kind}`);
  await once(made, makers[kind]);
  await run("cp", ["-a", `${join(made, SYSTEM)}/.`, dir]);
  return kind === "server" ? { dir, postgresLike: join(made, POSTGRES, "data") } : { dir };
}

/** The folder is there whole, or not at all; whoever comes while it is made waits. */
async function once(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${folder}.draft`;
  while (!existsSync(folder)) {
    try {
      await mkdir(draft);
    } catch {
      await pause(100);
      continue;
    }
    try {
      await make(draft);
      await rename(draft, folder);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
  }
}
