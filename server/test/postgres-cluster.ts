import { execFile, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const binaries = process.env.HY_TEST_POSTGRES_BIN ?? "/usr/lib/postgresql/15/bin";

export interface PostgresCluster {
  /** The address of one of its databases. */
  url(database: string): string;
  port: number;
  folder: string;
  /** The postmaster's process, to be killed in tests of recovery. */
  pid(): number;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of its own on 127.0.0.1 with an ephemeral port and fsync on. PostgreSQL refuses to run as root:
 * then it runs as the system user `postgres`.
 */
export async function startPostgresCluster(parent = tmpdir()): Promise<PostgresCluster> {
  if (!existsSync(join(binaries, "initdb"))) {
    throw new Error(`PostgreSQL 15 is not in ${binaries}: apt-get install postgresql-15`);
  }
  const folder = mkdtempSync(join(parent, "hy-postgres-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  if (isRoot()) await run("chown", ["postgres", folder]);
  else mkdirSync(data, { mode: 0o700 });
  await asPostgres("initdb", [
    "-D",
    data,
    "-U",
    "hy",
    "--auth=trust",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "-N",
  ]);
  return await startServer(folder, await freePort());
}

/** Starts a server on a folder that `startPostgresCluster` made, for instance after its process was killed. */
export async function startServer(folder: string, port: number): Promise<PostgresCluster> {
  const data = join(folder, "data");
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off`;
  await asPostgres("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-w", "-o", options, "start"]);
  const { stdout } = await asPostgres("head", ["-n1", join(data, "postmaster.pid")]);
  return {
    url: (database) => `postgres://hy@127.0.0.1:${port}/${database}`,
    port,
    folder,
    pid: () => Number(stdout),
    async stop() {
      await asPostgres("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"]).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function asPostgres(program: string, args: string[]): Promise<{ stdout: string }> {
  const path = program === "head" ? program : join(binaries, program);
  const [command, full] = isRoot()
    ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, ...args]]
    : [path, args];
  return await new Promise((resolve, reject) => {
    // pg_ctl leaves the server behind with its output inherited: pipes would never close.
    const keepsOutput = program === "pg_ctl";
    const child = spawn(command, full, {
      cwd: "/",
      stdio: ["ignore", keepsOutput ? "ignore" : "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve({ stdout });
      else reject(new Error(`${program} ended with ${code}: ${stderr}`));
    });
  });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
