import { type messages, type PGlite, protocol, types } from "@electric-sql/pglite";

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
  /^\s*(start transaction|commit|rollback|savepoint|release|select|with|insert|update|delete)\b[^;]*;?\s*$/i;

export interface StatementAnswer {
  rows: unknown[];
  affectedRows: number;
}

interface Statement {
  name: string;
  parameterTypes: readonly number[];
  fields: readonly { name: string; dataTypeID: number }[];
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
    // It has no statistics (nothing runs ANALYZE by itself), so a plan for the values is no better than the general one,
    // and making it takes longer than most statements.
    void this.run("set plan_cache_mode = force_generic_plan", []);
  }

  /**
   * One statement with parameters, or any number without (PostgreSQL's simple protocol), after those asked for before.
   * @throws the database's own error
   */
  run(sql: string, parameters: readonly unknown[]): Promise<StatementAnswer> {
    const answer = this.#last.then(() =>
      parameters.length === 0 ? this.#script(sql) : this.#query(sql, parameters),
    );
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #script(sql: string): Promise<StatementAnswer> {
    if (OF_TRANSACTIONS.test(sql)) {
      await this.#send(serialize.query(sql));
      return { rows: [], affectedRows: 0 };
    }
    const result = (await this.#database.exec(sql)).at(-1);
    if (!KEEPS_SCHEMA.test(sql)) await this.#forget();
    return { rows: result?.rows ?? [], affectedRows: result?.affectedRows ?? 0 };
  }

  async #query(sql: string, parameters: readonly unknown[]): Promise<StatementAnswer> {
    const statement = await this.#statement(sql);
    const answers = await this.#send(
      serialize.bind({
        statement: statement.name,
        values: parameters.map((value, index) => this.#text(value, statement.parameterTypes[index])),
      }),
      serialize.execute({}),
      serialize.sync(),
    );
    const rows: unknown[] = [];
    let affectedRows = 0;
    for (const answer of answers) {
      if (answer.name === "dataRow") rows.push(this.#row(answer as messages.DataRowMessage, statement));
      if (answer.name === "commandComplete")
        affectedRows = rowCountOf(answer as messages.CommandCompleteMessage);
    }
    return { rows, affectedRows };
  }

  async #forget(): Promise<void> {
    const names = [...this.#kept.values()].map(({ name }) => name);
    this.#kept.clear();
    if (names.length > 0) await this.#send(...names.map(closing), serialize.sync());
  }

  async #statement(sql: string): Promise<Statement> {
    const known = this.#kept.get(sql);
    if (known) {
      // The map's order is that of the last use.
      this.#kept.delete(sql);
      this.#kept.set(sql, known);
      return known;
    }
    const name = `s${++this.#made}`;
    const answers = await this.#send(
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: "S", name }),
      serialize.sync(),
    );
    const statement = { name, ...describedBy(answers) };
    this.#kept.set(sql, statement);
    const [oldest] = this.#kept;
    if (this.#kept.size > MOST_KEPT && oldest) {
      this.#kept.delete(oldest[0]);
      await this.#send(closing(oldest[1].name), serialize.sync());
    }
    return statement;
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

  #row({ fields: values }: messages.DataRowMessage, { fields }: Statement): Record<string, unknown> {
    const { parsers } = this.#database;
    return Object.fromEntries(
      fields.map(({ name, dataTypeID }, index) => [
        name,
        types.parseType(values[index] ?? null, dataTypeID, parsers),
      ]),
    );
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
    fields: (row as messages.RowDescriptionMessage | undefined)?.fields ?? [],
  };
}

/** The number at the end of a command's tag: `UPDATE 3`, `INSERT 0 5`; 0 for commands without one. */
function rowCountOf({ text }: messages.CommandCompleteMessage): number {
  return text.startsWith("SELECT") ? 0 : Number.parseInt(text.split(" ").at(-1)!, 10) || 0;
}
