import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Client } from "pg";
import { pino } from "pino";
import { type Database, openDatabase, openInMemory } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import { oncePerRun, runFolder } from "./once-per-run.ts";
import { startPostgresCluster } from "./postgres-cluster.ts";

export type Engine = "pglite" | "postgresql";

/** For `describe.each(engines)`: the same tests on both databases. */
export const engines: readonly Engine[] = ["pglite", "postgresql"];

const log = pino({ level: "silent" });
const template = "hy_template";

/** Node has it; its types do not. */
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

/**
 * PGlite's code. V8 shares what it has compiled of it with every database of this process for as long as somebody holds
 * it; each new one would compile it again.
 */
export const pgliteCode = new WebAssembly.Module(
  readFileSync(join(createRequire(import.meta.url).resolve("@electric-sql/pglite"), "../pglite.wasm")),
);

/** A migrated database of the caller's own; `close` it at the end. */
export async function withDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite" ? await openInMemory(await migratedSnapshot()) : await openOwn(template);
}

/** A database without any table, to test migrations. */
export async function withEmptyDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite" ? await openInMemory(await emptySnapshot()) : await openOwn("template0");
}

/** The address of a new PostgreSQL database in the run's cluster: migrated, or empty. */
export async function newPostgresUrl({ migrated = true } = {}): Promise<string> {
  return await create(migrated ? template : "template0");
}

async function openOwn(from: string): Promise<Database> {
  const url = await create(from);
  return await openDatabase({ dataDir: "", database: { engine: "postgresql", url, poolSize: 10 } }, log);
}

async function create(from: string): Promise<string> {
  const base = new TextDecoder().decode(await cluster());
  const name = `hy_${randomUUID().replaceAll("-", "")}`;
  await withClient(`${base}/postgres`, (client) => client.query(`create database ${name} template ${from}`));
  return `${base}/${name}`;
}

async function cluster(): Promise<Uint8Array> {
  return await oncePerRun("cluster.url", async () => {
    const started = await startPostgresCluster(runFolder());
    await withClient(started.url("postgres"), (client) => client.query(`create database ${template}`));
    const database = await openDatabase(
      { dataDir: "", database: { engine: "postgresql", url: started.url(template), poolSize: 2 } },
      log,
    );
    await migrate(database.db);
    await database.close();
    return new TextEncoder().encode(started.url("").slice(0, -1));
  });
}

async function emptySnapshot(): Promise<Uint8Array<ArrayBuffer>> {
  return await oncePerRun("empty.tar", async () => {
    const database = await openInMemory();
    const dump = await database.dump();
    await database.close();
    return dump;
  });
}

async function migratedSnapshot(): Promise<Uint8Array<ArrayBuffer>> {
  const empty = await emptySnapshot();
  return await oncePerRun("migrated.tar", async () => {
    const database = await openInMemory(empty);
    await migrate(database.db);
    const dump = await database.dump();
    await database.close();
    return dump;
  });
}

async function withClient(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
