import { createHash } from "node:crypto";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";

/** A connection keeps so many named statements; PostgreSQL never lets go of them, so the rest goes unnamed. */
const MOST_NAMED = 400;

/**
 * Marks a statement of a transaction whose result nobody needs: it goes out at once and is not waited for. Should it fail,
 * the next statement or the commit tells, with its error.
 */
export const AHEAD = "/* ahead */";

/**
 * The pool as Kysely uses it, with each statement parsed once a connection, by a name made of its text, and planned
 * anew only while that pays (PostgreSQL, PREPARE, notes). What Kysely builds has few different texts: values are
 * parameters. BEGIN is always sent ahead. Behind a pooler this needs one that follows named statements, such as PgBouncer
 * from 1.21.
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
  let ahead: Promise<unknown>[] = [];
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query(text: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new Error("Kysely uses cursors only where it was given them");
    const name = parameters.length === 0 ? undefined : nameOf(text);
    const values = [...parameters];
    const answer = client.query(name === undefined ? { text, values } : { name, text, values });
    if (text === "begin" || text.startsWith(AHEAD)) {
      answer.catch(() => {});
      ahead.push(answer);
      return Promise.resolve({ command: "", rowCount: 0, rows: [] });
    }
    if (ahead.length === 0) return answer;
    const before = ahead;
    ahead = [];
    // Why the transaction is given up is known already.
    if (text === "rollback") return answer;
    return Promise.all([answer, ...before]).then(([result]) => result);
  }
  return {
    query,
    release: (destroy) => client.release(destroy),
    ...("processID" in client && typeof client.processID === "number" ? { processID: client.processID } : {}),
  };
}
