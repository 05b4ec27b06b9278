import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

export interface Postgres {
  /** Of an empty database of its own. */
  url: string;
  /** The first row of a question past the platform, which must select one JSON value. */
  askDirectly(statement: string): Promise<unknown>;
  /** SIGKILL of the server and all its workers, as a crash of the machine's memory would leave it. */
  kill9(): Promise<void>;
  /** Starts the server again on the same folder and port; it recovers from its log first. */
  restart(): Promise<void>;
  /** Ends it and removes its folder, unless it is kept. */
  stop(): Promise<void>;
}

const run = promisify(execFile);
const BINARIES = process.env.HY_POSTGRES_BIN ?? "/usr/lib/postgresql/15/bin";

/**
 * A real PostgreSQL on 127.0.0.1 with an ephemeral port, fsync on, in a folder of its own. It refuses to run as root:
 * then it runs as the system user `postgres`, or `nobody` where there is none.
 * @param tuning settings of postgresql.conf
 * @param folders keptFolder: with what an earlier one left there; it is made where there is none, and never removed.
 * like: the data folder of a stopped one, to begin with a copy of it
 */
export async function startPostgres(
  tuning: Readonly<Record<string, string>> = {},
  { keptFolder, like }: { keptFolder?: string | undefined; like?: string | undefined } = {},
): Promise<Postgres> {
  if (!existsSync(join(BINARIES, "postgres"))) {
    throw new Error(`PostgreSQL 15 is missing in ${BINARIES}: apt-get install postgresql-15`);
  }
  const account = await unprivilegedAccount();
  if (keptFolder) await mkdir(keptFolder, { recursive: true });
  const dir = keptFolder ?? (await mkdtemp(join(tmpdir(), "hanyouxu-postgres-")));
  await chmod(dir, 0o711);
  if (account) await chown(dir, account.uid, account.gid);
  const port = await freePort();
  const data = join(dir, "data");
  const options = { cwd: dir, ...account };
  if (like) await run("cp", ["-a", like, data]);
  const isNew = !existsSync(data);
  if (isNew) {
    await run(
      join(BINARIES, "initdb"),
      ["-D", data, "-U", "hanyouxu", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
      options,
    );
  }
  let server = await launch();
  if (isNew) {
    await run(
      join(BINARIES, "createdb"),
      ["-h", "127.0.0.1", "-p", String(port), "-U", "hanyouxu", "hanyouxu"],
      options,
    );
  }

  async function launch(): Promise<ChildProcess> {
    const settings = {
      ...tuning,
      listen_addresses: "127.0.0.1",
      port,
      unix_socket_directories: dir,
      max_connections: 200,
    };
    const child = spawn(
      join(BINARIES, "postgres"),
      ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      { ...options, stdio: ["ignore", "ignore", "pipe"] },
    );
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
    const probe = ["-h", "127.0.0.1", "-p", String(port), "-U", "hanyouxu", "-d", "postgres"];
    // Each attempt is a process of its own, which paces the loop.
    while (!(await run(join(BINARIES, "pg_isready"), probe, options).catch(() => undefined))) {
      if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}: ${output}`);
    }
    return child;
  }

  const url = `postgres://hanyouxu@127.0.0.1:${port}/hanyouxu`;
  return {
    url,
    async askDirectly(statement) {
      const { stdout } = await run(join(BINARIES, "psql"), [
        url,
        "-AtX",
        "-v",
        "ON_ERROR_STOP=1",
        "-c",
        statement,
      ]);
      return JSON.parse(stdout);
    },
    async kill9() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const workers = await childrenOf(server.pid!);
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      for (const pid of workers) killIfAlive(pid);
      await exited;
    },
    async restart() {
      await end(server);
      server = await launch();
    },
    async stop() {
      if (keptFolder) return await end(server, "SIGINT");
      await end(server);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** SIGQUIT: immediate shutdown (postgres(1)); the log is replayed at the next start. SIGINT: everything is written first. */
async function end(server: ChildProcess, signal: "SIGQUIT" | "SIGINT" = "SIGQUIT"): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill(signal);
  await exited;
}

async function unprivilegedAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile("/etc/passwd", "utf8");
  for (const name of ["postgres", "nobody"]) {
    const fields = accounts
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody");
}

async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return list.trim().split(/\s+/).filter(Boolean).map(Number);
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
