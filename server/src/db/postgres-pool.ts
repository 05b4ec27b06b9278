import { Pool, types } from "pg";
import type { Logger } from "pino";
import { ownReaders } from "./value-readers.ts";

/** A pool of connections to PostgreSQL whose rows look exactly as those of the embedded database. */
export function postgresPool(url: string, poolSize: number, log: Logger): Pool {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    // A connection knows its statements and plans: a new one costs whoever waits for it some ten milliseconds.
    idleTimeoutMillis: 0,
    application_name: "hanyouxu",
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    // For statements that are sent ahead: see named-statements.ts.
    pipeline: true,
    types: {
      getTypeParser: (id: number, format?: "text" | "binary") =>
        (format !== "binary" && ownReaders[id]) || types.getTypeParser(id, format),
    },
  });
  // A connection that breaks (the server restarted) is replaced by the pool. Its error must be heard, idle or in use:
  // unheard, it would end the process.
  const heard = (error: Error) => log.warn({ err: error }, "a database connection was lost");
  pool.on("error", heard);
  pool.on("connect", (client) => client.on("error", heard));
  return pool;
}
