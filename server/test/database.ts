import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Client } from "pg";
import { pino } from "pino";
import { type Database, databaseOn, openDatabase, openInMemory } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import { PgliteClient } from "../src/db/pglite-client.ts";
import { prepareReuse, reset } from "./database-reuse.ts";
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
  return engine === "pglite" ? await ownPglite() : await ownPostgres();
}

/** Those that whoever had them has closed, emptied for whoever comes next in this process. */
const freePglites: PgliteClient[] = [];
const freePostgresUrls: string[] = [];

/** A used one remembers what it has parsed, and grows: it is not kept for ever. */
const MOST_USES = 60;
const uses = new WeakMap<PgliteClient, number>();

async function ownPglite(): Promise<Database> {
  const client = freePglites.pop() ?? (await newPglite());
  uses.set(client, (uses.get(client) ?? 0) + 1);
  let isClosed = false;
  const own = databaseOn({
    query: async (text, parameters) => {
      if (isClosed) throw new Error("the database is closed");
      return await client.query(text, parameters);
    },
    close: async () => {
      isClosed = true;
    },
  });
  return {
    ...own,
    async close() {
      if (isClosed) return;
      await own.close();
      // Whoever was in a transaction can neither go on nor end it.
      await client.query("rollback", []);
      const isFresh = uses.get(client)! < MOST_USES && (await reset(databaseOn(client).db));
      if (isFresh) freePglites.push(client);
      else await client.close();
    },
  };
}

async function newPglite(): Promise<PgliteClient> {
  return await PgliteClient.open({ folder: undefined, snapshot: await migratedSnapshot() }, () => {});
}

async function ownPostgres(): Promise<Database> {
  const url = freePostgresUrls.pop() ?? (await create(template));
  const own = await openPostgres(url);
  let isClosed = false;
  return {
    ...own,
    async close() {
      if (isClosed) return;
      isClosed = true;
      await own.close();
      const after = await openPostgres(url);
      if (await reset(after.db)) freePostgresUrls.push(url);
      await after.close();
    },
  };
}

async function openPostgres(url: string): Promise<Database> {
  return await openDatabase({ dataDir: "", database: { engine: "postgresql", url, poolSize: 10 } }, log);
}

/** A database without any table, to test migrations. */
export async function withEmptyDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite"
    ? await openInMemory(await emptySnapshot())
    : await openPostgres(await create("template0"));
}

/** The address of a new PostgreSQL database in the run's cluster: migrated, or empty. */
export async function newPostgresUrl({ migrated = true } = {}): Promise<string> {
  return await create(migrated ? template : "template0");
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
    await prepareReuse(database.db);
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
    await prepareReuse(database.db);
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
