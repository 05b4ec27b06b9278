import {
  AbortedTransactionError,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { AHEAD } from "./named-statements.ts";
import type { PgliteClient } from "./pglite-client.ts";
import { StatementTurns } from "./statement-turns.ts";

/** One connection that takes statements in the order of their calls. */
export type StatementClient = Pick<PgliteClient, "query" | "close">;

/** Kysely on the embedded database: the PostgreSQL dialect over one connection that its users take in turns. */
export function pgliteDialect(client: StatementClient): Dialect {
  return {
    createAdapter: () => new PgliteAdapter(),
    createDriver: () => new PgliteDriver(client),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PgliteAdapter extends PostgresAdapter {}

/** Whether all transactions go one after the other over one connection, so that none needs to lock a row. */
export function hasOneConnection<Tables>(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PgliteAdapter;
}

class PgliteDriver implements Driver {
  readonly #client: StatementClient;
  readonly #turns = new StatementTurns();

  constructor(client: StatementClient) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  /** Who has one may not send yet: turns are taken statement by statement, or for a transaction. */
  async acquireConnection(): Promise<PgliteConnection> {
    return new PgliteConnection(this.#client, this.#turns);
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(connection: PgliteConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : "";
    const access = settings.accessMode ? ` ${settings.accessMode}` : "";
    await connection.begin(`start transaction${isolation}${access}`);
  }

  async commitTransaction(connection: PgliteConnection): Promise<void> {
    // COMMIT after a failed statement is a silent ROLLBACK: say so instead.
    if (connection.failed) {
      await connection.end("rollback");
      throw new AbortedTransactionError();
    }
    await connection.end("commit");
  }

  async rollbackTransaction(connection: PgliteConnection): Promise<void> {
    // A commit that failed has ended it already, and the connection may be in somebody else's transaction.
    if (connection.isInTransaction) await connection.end("rollback");
  }

  async savepoint(connection: PgliteConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: PgliteConnection, name: string): Promise<void> {
    await connection.forgetAhead();
    await connection.executeQuery(CompiledQuery.raw(`rollback to savepoint "${name}"`));
    connection.failed = false;
  }

  async releaseSavepoint(
    connection: PgliteConnection,
    name: string,
    _compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release savepoint "${name}"`));
  }

  async destroy(): Promise<void> {
    await this.#client.close();
  }
}

/** What one user of the database sends, in turn with all others. */
class PgliteConnection implements DatabaseConnection {
  readonly #client: StatementClient;
  readonly #turns: StatementTurns;
  /** A statement has failed since the transaction began. */
  failed = false;
  isInTransaction = false;
  /** Sent and not waited for: the thread takes statements in order, and whoever comes next waits for both. */
  #ahead: Promise<unknown>[] = [];

  constructor(client: StatementClient, turns: StatementTurns) {
    this.#client = client;
    this.#turns = turns;
  }

  async begin(sql: string): Promise<void> {
    await this.#turns.take("transaction");
    this.isInTransaction = true;
    this.#sendAhead(sql, []);
  }

  /**
   * Ends the transaction; whoever is next may send as soon as this is sent.
   * @throws what something sent ahead, or the end itself, has failed with: then nothing is stored
   */
  async end(sql: "commit" | "rollback"): Promise<void> {
    const answer = this.#client.query(sql, []);
    answer.catch(() => {});
    this.isInTransaction = false;
    this.#turns.letGo();
    try {
      if (sql === "commit") await this.#hearAhead();
      await answer;
    } finally {
      await answer.catch(() => {});
      this.#turns.answered();
    }
  }

  /** What was sent ahead may have failed: the caller goes back to before it. */
  async forgetAhead(): Promise<void> {
    await Promise.allSettled(this.#ahead.splice(0));
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.isInTransaction && sql.startsWith(AHEAD)) {
      this.#sendAhead(sql, parameters);
      return { rows: [] };
    }
    if (!this.isInTransaction) await this.#turns.take("statement");
    try {
      const answer = this.#client.query(sql, parameters);
      answer.catch(() => {});
      await this.#hearAhead();
      const { rows, affectedRows } = await answer;
      return { rows: rows as R[], numAffectedRows: BigInt(affectedRows) };
    } catch (error) {
      this.failed = true;
      // The thread's stack says nothing about who asked.
      if (error instanceof Error) error.stack = `${error.message}\n${new Error().stack ?? ""}`;
      throw error;
    } finally {
      if (!this.isInTransaction) this.#turns.answered();
    }
  }

  #sendAhead(sql: string, parameters: readonly unknown[]): void {
    const answer = this.#client.query(sql, parameters);
    answer.catch(() => {
      this.failed = true;
    });
    this.#ahead.push(answer);
  }

  /** @throws what the first of them failed with that did */
  async #hearAhead(): Promise<void> {
    for (const answer of this.#ahead.splice(0)) await answer;
  }

  // biome-ignore lint/correctness/useYield: the embedded database has no cursors; Kysely asks for the method.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("the embedded database does not stream: read pages by key instead");
  }
}
