import { Pool, types } from "pg";
import type { Logger } from "pino";

/** Object identifiers of the types whose default reading differs between `pg` and the embedded database. */
const oid = {
  bytea: 17,
  int8: 20,
  byteaArray: 1001,
  textArray: 1009,
  int8Array: 1016,
  date: 1082,
  interval: 1186,
  numericArray: 1231,
} as const;

/** `pg`'s own reading; its types list only some of the identifiers it knows. */
const ownReading = types.getTypeParser as (id: number) => (text: string) => unknown;

const parsers: Record<number, (text: string) => unknown> = {
  [oid.int8]: integer,
  [oid.bytea]: (text) => bytes(ownReading(oid.bytea)(text) as Buffer),
  [oid.date]: (text) => text,
  [oid.interval]: (text) => text,
  [oid.int8Array]: (text) => mapArray(ownReading(oid.int8Array)(text) as string[], integer),
  [oid.byteaArray]: (text) => mapArray(ownReading(oid.byteaArray)(text) as Buffer[], bytes),
  [oid.numericArray]: ownReading(oid.textArray),
};

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
        (format !== "binary" && parsers[id]) || types.getTypeParser(id, format),
    },
  });
  // A connection that breaks (the server restarted) is replaced by the pool. Its error must be heard, idle or in use:
  // unheard, it would end the process.
  const heard = (error: Error) => log.warn({ err: error }, "a database connection was lost");
  pool.on("error", heard);
  pool.on("connect", (client) => client.on("error", heard));
  return pool;
}

/** A number where it is exact; beyond 2^53 a bigint, as the embedded database gives. */
function integer(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function bytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function mapArray<From, To>(array: From[], map: (item: From) => To): (To | null)[] {
  return array.map((item) => (item === null ? null : map(item)));
}
