import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import type { Logger } from "pino";
import { systemClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import { lockFolder } from "./folder-lock.ts";
import { withNamedStatements } from "./named-statements.ts";
import { PgliteClient } from "./pglite-client.ts";
import { pgliteDialect, type StatementClient } from "./pglite-dialect.ts";
import { postgresPool } from "./postgres-pool.ts";
import type { Tables } from "./tables.ts";

export interface Database {
  db: Kysely<Tables>;
  engine: "pglite" | "postgresql";
  /** Waits for running statements, then closes and releases the folder. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The embedded database has died under the server: nothing can be stored any more, so stop and start again. */
  onLost?: (error: Error) => void;
}

/** Opens what the configuration names; the schema is `migrate`'s business. */
export async function openDatabase(
  config: Pick<Config, "database" | "dataDir">,
  log: Logger,
  { onLost = (error) => log.fatal({ err: error }, "the database is lost") }: DatabaseOptions = {},
): Promise<Database> {
  if (config.database.engine === "postgresql") {
    const { url, poolSize } = config.database;
    return openPostgres(url, poolSize, log);
  }
  return await openEmbedded(join(config.dataDir, "postgres"), log, onLost);
}

function openPostgres(url: string, poolSize: number, log: Logger): Database {
  const pool = withNamedStatements(postgresPool(url, poolSize, log));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, engine: "postgresql", close: () => db.destroy() };
}

async function openEmbedded(folder: string, log: Logger, onLost: (error: Error) => void): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The lock measures the life of processes, which virtual time knows nothing of.
  const lock = lockFolder(folder, systemClock);
  try {
    const data = join(folder, "data");
    log.info({ folder: data, fresh: !existsSync(data) }, "opening the embedded database");
    const client = await PgliteClient.open({ folder: data, snapshot: undefined }, onLost);
    log.warn(
      "内置数据库可承受进程被杀，但断电可能丢失最后几秒的数据；正式使用请改用 PostgreSQL（HY_DATABASE）。" +
        " / The embedded database survives a killed process, but a power cut may lose the last seconds;" +
        " use PostgreSQL (HY_DATABASE) in earnest.",
    );
    const db = new Kysely<Tables>({ dialect: pgliteDialect(client) });
    return {
      db,
      engine: "pglite",
      async close() {
        await db.destroy();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** An embedded database in memory, for tests and tools; `snapshot` is a `dump` of another. */
export async function openInMemory(
  snapshot?: Uint8Array<ArrayBuffer>,
): Promise<Database & { dump(): Promise<Uint8Array<ArrayBuffer>> }> {
  const client = await PgliteClient.open({ folder: undefined, snapshot }, () => {});
  return { ...databaseOn(client), dump: () => client.dump() };
}

/** A database on a connection of the caller's, which is closed with it. */
export function databaseOn(client: StatementClient): Database {
  const db = new Kysely<Tables>({ dialect: pgliteDialect(client) });
  return { db, engine: "pglite", close: () => db.destroy() };
}
