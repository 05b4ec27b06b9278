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

/**
 * Whether transactions go one after the other over one connection, from their first lock or write on: then nobody else
 * has a lock.
 */
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
    connection.begin(`start transaction${isolation}${access}`);
    // One that must see one state throughout has it from its first statement on.
    if (settings.isolationLevel && settings.isolationLevel !== "read committed") await connection.hold();
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

const READS = /^\s*(select|with)\b/i;
/** Words of what locks, writes, or holds something until the transaction ends; where in doubt, it is not only read. */
const MORE_THAN_READS =
  /\b(insert|update|delete|merge|share|into|set_config|nextval|setval|\w*advisory\w*)\b/i;
const readsByText = new Map<string, boolean>();
const MOST_TEXTS = 2_000;

/** Whether a statement only reads, by its text. */
function onlyReads(sql: string): boolean {
  let reads = readsByText.get(sql);
  if (reads === undefined) {
    reads = READS.test(sql) && !MORE_THAN_READS.test(sql);
    if (readsByText.size >= MOST_TEXTS) readsByText.clear();
    readsByText.set(sql, reads);
  }
  return reads;
}

/**
 * What one user of the database sends, in turn with all others. A transaction holds the database from its first lock or
 * write on: what it reads before is what is committed at each statement, as on PostgreSQL (READ COMMITTED), and meanwhile
 * others have their turns.
 */
class PgliteConnection implements DatabaseConnection {
  readonly #client: StatementClient;
  readonly #turns: StatementTurns;
  /** A statement has failed since the transaction began. */
  failed = false;
  isInTransaction = false;
  /** Of a transaction that does not hold the database yet: what begins it, and its turn once it has asked for one. */
  #late: { beginning: string; turn?: Promise<void> } | undefined;
  /** Sent and not waited for: the thread takes statements in order, and whoever comes next waits for both. */
  #ahead: Promise<unknown>[] = [];

  constructor(client: StatementClient, turns: StatementTurns) {
    this.#client = client;
    this.#turns = turns;
  }

  begin(sql: string): void {
    this.isInTransaction = true;
    this.failed = false;
    this.#late = { beginning: sql };
  }

  /** From here on the transaction is alone with the database. @throws Error when it was ended before its turn came */
  async hold(): Promise<void> {
    const late = this.#late;
    if (!late) return;
    late.turn ??= this.#takeTurn(late);
    await late.turn;
  }

  async #takeTurn(late: { beginning: string }): Promise<void> {
    await this.#turns.take("transaction");
    if (this.#late !== late) {
      this.#turns.letGo();
      this.#turns.answered();
      throw new Error("the transaction has ended");
    }
    this.#sendAhead(late.beginning, []);
    this.#late = undefined;
  }

  /**
   * Ends the transaction; whoever is next may send as soon as this is sent.
   * @throws what something sent ahead, or the end itself, has failed with: then nothing is stored
   */
  async end(sql: "commit" | "rollback"): Promise<void> {
    if (this.#late) {
      // It has only read, or nothing at all.
      this.#late = undefined;
      this.isInTransaction = false;
      return;
    }
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
    if (this.#late && !onlyReads(sql)) await this.hold();
    const isSingle = !this.isInTransaction || this.#late !== undefined;
    if (!isSingle && sql.startsWith(AHEAD)) {
      this.#sendAhead(sql, parameters);
      return { rows: [] };
    }
    if (isSingle) await this.#turns.take("statement");
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
      if (isSingle) this.#turns.answered();
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
