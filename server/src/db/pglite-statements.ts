import { type messages, type PGlite, protocol } from "@electric-sql/pglite";
import type { AnswerBytes, Column, StatementAnswer } from "./pglite-answer.ts";

const { serialize } = protocol;

/** More different statements than this are not kept; the one unused for longest goes. */
const MOST_KEPT = 400;

/** These answer nothing but that they are done: one message does, where a script takes a lock and several calls. */
const OF_TRANSACTIONS = /^(start transaction|commit|rollback|savepoint|release)\b[^;]*$/i;

/**
 * What may change the schema, under which plans were made, is everything without parameters but these, alone. Statements
 * written over several lines begin with white space.
 */
const KEEPS_SCHEMA =
  /^\s*(start transaction|commit|rollback|savepoint|release|select|with|insert|update|delete|vacuum|analyze)\b[^;]*;?\s*$/i;

/** One statement, which can be parsed once though it has no parameters. */
const IS_ONE = /^\s*(select|with|insert|update|delete)\b[^;]*$/i;

/** What a statement was answered, still to be read: where that is done, the database need not wait for it. */
export interface RawAnswer {
  bytes: AnswerBytes;
  columns: readonly Column[];
  /** The statement was parsed for this answer: whoever keeps its columns has them anew. */
  isNew: boolean;
}

interface Statement {
  name: string;
  parameterTypes: readonly number[];
  columns: readonly Column[];
}

/**
 * Runs statements that the embedded database has parsed once and remembers by name (PostgreSQL's extended query
 * protocol): its own `query` parses, describes and plans every time, in six calls into WebAssembly instead of one.
 */
export class PgliteStatements {
  readonly #database: PGlite;
  readonly #kept = new Map<string, Statement>();
  #made = 0;
  /** The protocol is spoken by hand here, so nothing else keeps statements apart. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: PGlite) {
    this.#database = database;
    // A plan for the values is seldom better than the general one, and making it takes longer than most statements.
    void this.run("set plan_cache_mode = force_generic_plan", []);
  }

  /**
   * One statement with parameters, or any number without (PostgreSQL's simple protocol), after those asked for before.
   * @throws the database's own error; one statement's may also be in the answer's bytes
   */
  run(sql: string, parameters: readonly unknown[]): Promise<RawAnswer | StatementAnswer> {
    const answer = this.#last.then(() =>
      parameters.length === 0 && !IS_ONE.test(sql) ? this.#script(sql) : this.#query(sql, parameters),
    );
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #script(sql: string): Promise<RawAnswer | StatementAnswer> {
    if (OF_TRANSACTIONS.test(sql)) {
      return { bytes: await this.#say(serialize.query(sql)), columns: [], isNew: false };
    }
    const result = (await this.#database.exec(sql)).at(-1);
    if (!KEEPS_SCHEMA.test(sql)) await this.#forget();
    return { rows: result?.rows ?? [], affectedRows: result?.affectedRows ?? 0 };
  }

  async #query(sql: string, parameters: readonly unknown[]): Promise<RawAnswer> {
    const known = this.#kept.get(sql);
    const statement = known ?? (await this.#parse(sql));
    // The map's order is that of the last use.
    this.#kept.delete(sql);
    this.#kept.set(sql, statement);
    const bytes = await this.#say(
      serialize.bind({
        statement: statement.name,
        values: parameters.map((value, index) => this.#text(value, statement.parameterTypes[index])),
      }),
      serialize.execute({}),
      serialize.sync(),
    );
    return { bytes, columns: statement.columns, isNew: !known };
  }

  async #forget(): Promise<void> {
    const names = [...this.#kept.values()].map(({ name }) => name);
    this.#kept.clear();
    if (names.length > 0) await this.#send(...names.map(closing), serialize.sync());
  }

  async #parse(sql: string): Promise<Statement> {
    const name = `s${++this.#made}`;
    const answers = await this.#send(
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: "S", name }),
      serialize.sync(),
    );
    const [oldest] = this.#kept;
    if (this.#kept.size >= MOST_KEPT && oldest) {
      this.#kept.delete(oldest[0]);
      await this.#send(closing(oldest[1].name), serialize.sync());
    }
    return { name, ...describedBy(answers) };
  }

  /** What the database says to it, unread. */
  async #say(...parts: Uint8Array[]): Promise<AnswerBytes> {
    const said: AnswerBytes[] = [];
    await this.#database.execProtocolRawStream(new Uint8Array(Buffer.concat(parts)), {
      // What it gives is a window on its memory, good until it goes on.
      onRawData: (bytes) => said.push(bytes.slice()),
    });
    return said.length === 1 ? said[0]! : new Uint8Array(Buffer.concat(said));
  }

  async #send(...parts: Uint8Array[]): Promise<messages.BackendMessage[]> {
    const { messages } = await this.#database.execProtocol(new Uint8Array(Buffer.concat(parts)));
    return messages;
  }

  #text(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializeValue = type === undefined ? undefined : this.#database.serializers[type];
    return serializeValue ? serializeValue(value) : String(value);
  }
}

function closing(name: string): Uint8Array {
  return serialize.close({ type: "S", name });
}

function describedBy(answers: readonly messages.BackendMessage[]): Omit<Statement, "name"> {
  const parameters = answers.find(({ name }) => name === "parameterDescription");
  const row = answers.find(({ name }) => name === "rowDescription");
  return {
    parameterTypes: (parameters as messages.ParameterDescriptionMessage | undefined)?.dataTypeIDs ?? [],
    columns: ((row as messages.RowDescriptionMessage | undefined)?.fields ?? []).map(
      ({ name, dataTypeID }) => ({ name, dataTypeID }),
    ),
  };
}
