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
import { isInBackground } from "./background.ts";
import type { PgliteClient } from "./pglite-client.ts";

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
  readonly #connection: PgliteConnection;
  #isTaken = false;
  /** Who waits for the connection: those whom somebody waits for in turn, and the rest. */
  readonly #waiting: { urgent: (() => void)[]; background: (() => void)[] } = { urgent: [], background: [] };

  constructor(client: StatementClient) {
    this.#client = client;
    this.#connection = new PgliteConnection(client);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isTaken) {
      const { urgent, background } = this.#waiting;
      await new Promise<void>((resolve) => (isInBackground() ? background : urgent).push(resolve));
    }
    this.#isTaken = true;
    return this.#connection;
  }

  /** Handed straight to the next, so that nobody who comes meanwhile gets in between. */
  async releaseConnection(): Promise<void> {
    const next = this.#waiting.urgent.shift() ?? this.#waiting.background.shift();
    if (next) next();
    else this.#isTaken = false;
  }

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : "";
    const access = settings.accessMode ? ` ${settings.accessMode}` : "";
    this.#connection.begin(`start transaction${isolation}${access}`);
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.hasBegun();
    // COMMIT after a failed statement is a silent ROLLBACK: say so instead.
    if (this.#connection.failed) {
      await this.rollbackTransaction();
      throw new AbortedTransactionError();
    }
    await this.#client.query("commit", []);
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.forgetTransaction();
    await this.#client.query("rollback", []);
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to savepoint "${name}"`));
    this.#connection.failed = false;
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    _compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release savepoint "${name}"`));
  }

  async destroy(): Promise<void> {
    await this.#client.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #client: StatementClient;
  /** A statement has failed since the transaction began. */
  failed = false;
  #begun: Promise<unknown> = Promise.resolve();

  constructor(client: StatementClient) {
    this.#client = client;
  }

  /** Not waited for: the thread takes statements in order, and the first one after it waits for both. */
  begin(sql: string): void {
    this.failed = false;
    this.#begun = this.#client.query(sql, []);
    this.#begun.catch(() => {
      this.failed = true;
    });
  }

  /** Neither its failure nor that of its beginning concerns whoever has the connection next. */
  forgetTransaction(): void {
    this.failed = false;
    this.#begun = Promise.resolve();
  }

  /** @throws what the beginning of the transaction failed with */
  async hasBegun(): Promise<void> {
    await this.#begun;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const answer = this.#client.query(query.sql, query.parameters);
      const [{ rows, affectedRows }] = await Promise.all([answer, this.#begun]);
      return { rows: rows as R[], numAffectedRows: BigInt(affectedRows) };
    } catch (error) {
      this.failed = true;
      // The thread's stack says nothing about who asked.
      if (error instanceof Error) error.stack = `${error.message}\n${new Error().stack ?? ""}`;
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: the embedded database has no cursors; Kysely asks for the method.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("the embedded database does not stream: read pages by key instead");
  }
}
