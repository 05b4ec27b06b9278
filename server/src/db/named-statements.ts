import { createHash } from "node:crypto";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";

/** A connection keeps so many named statements; PostgreSQL never lets go of them, so the rest goes unnamed. */
const MOST_NAMED = 400;

/**
 * The pool as Kysely uses it, with each statement parsed once a connection, by a name made of its text, and planned
 * anew only while that pays (PostgreSQL, PREPARE, notes). What Kysely builds has few different texts: values are
 * parameters. Behind a pooler this needs one that follows named statements, such as PgBouncer from 1.21.
 */
export function withNamedStatements(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const named = known.get(client) ?? namedClient(client);
      known.set(client, named);
      return named;
    },
  };
}

function namedClient(client: PoolClient): PostgresPoolClient {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const own = names.get(text);
    if (own !== undefined || names.size >= MOST_NAMED) return own;
    const name = createHash("sha256").update(text).digest("base64url");
    names.set(text, name);
    return name;
  };
  let begun: Promise<unknown> | undefined;
  /** BEGIN goes out with the first statement of its transaction, which tells of its failure too: one trip less. */
  const begin = async () => {
    begun = client.query("begin");
    begun.catch(() => {});
    return { command: "BEGIN", rowCount: 0, rows: [] };
  };
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(text: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Error("Kysely uses cursors only where it was given them");
    if (text === "begin") return begin();
    const name = parameters.length === 0 ? undefined : nameOf(text);
    const values = [...parameters];
    const answer = client.query(name === undefined ? { text, values } : { name, text, values });
    if (begun === undefined) return answer;
    const first = begun;
    begun = undefined;
    return Promise.all([first, answer]).then(([, result]) => result);
  }
  return {
    query,
    release: (destroy) => client.release(destroy),
    ...("processID" in client && typeof client.processID === "number" ? { processID: client.processID } : {}),
  };
}
