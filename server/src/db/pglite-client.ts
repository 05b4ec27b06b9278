import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { type Column, openedId, readAnswer, type StatementAnswer } from "./pglite-answer.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from "./pglite-worker.ts";

/** A thread that has closed its database ends within some ten milliseconds; threads know no virtual time. */
const MOST_TO_END_MS = 5_000;

/** Of so many different statements the columns are kept; those that were asked for longest ago are asked for anew. */
const MOST_KNOWN = 1_000;

interface Waiting {
  /** Absent: no statement. */
  sql?: string;
  columns?: readonly Column[] | undefined;
  resolve: (answer: StatementAnswer) => void;
  reject: (error: unknown) => void;
}

/** The embedded database seen from the main thread: one connection, statements in the order of their calls. */
export class PgliteClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #columns = new Map<string, readonly Column[]>();
  #nextId = openedId + 1;
  #lost: Error | undefined;
  #closing = false;

  private constructor(worker: Worker, onLost: (error: Error) => void) {
    this.#worker = worker;
    worker.on("message", (answer: WorkerAnswer) => this.#settle(answer));
    worker.on("error", (error) =>
      this.#lose(new Error("the database thread failed", { cause: error }), onLost),
    );
    worker.on("exit", (code) => {
      this.#lose(new Error(`the database thread ended (code ${code})`), this.#closing ? () => {} : onLost);
    });
  }

  /**
   * Starts the thread and opens the database.
   * @param onLost called once when the thread dies by itself: nothing can be stored any more.
   * @param resourceLimits of the thread's JavaScript heap; the database's own memory lies outside it.
   */
  static async open(
    settings: WorkerSettings,
    onLost: (error: Error) => void,
    resourceLimits?: ResourceLimits,
  ): Promise<PgliteClient> {
    const worker = new Worker(new URL("./pglite-worker.ts", import.meta.url), {
      workerData: settings,
      // Not the flags of whoever starts the server: `node -e` or a debugger would be inherited.
      execArgv: [],
      ...(resourceLimits ? { resourceLimits } : {}),
    });
    const client = new PgliteClient(worker, onLost);
    await new Promise<StatementAnswer>((resolve, reject) =>
      client.#waiting.set(openedId, { resolve, reject }),
    ).catch((error: unknown) => {
      client.#closing = true;
      throw error;
    });
    return client;
  }

  async query(sql: string, parameters: readonly unknown[]): Promise<StatementAnswer> {
    const columns = this.#columns.get(sql);
    const request = { sql, parameters: parameters.map(cloneable), knowsColumns: columns !== undefined };
    return await this.#ask((id) => ({ id, kind: "query", ...request }), { sql, columns });
  }

  /** The whole data folder as a tar. */
  async dump(): Promise<Uint8Array<ArrayBuffer>> {
    const { rows } = await this.#ask((id) => ({ id, kind: "dump" }));
    return rows[0] as Uint8Array<ArrayBuffer>;
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    if (!this.#lost) {
      const ended = once(this.#worker, "exit");
      await this.#ask((id) => ({ id, kind: "close" }));
      // It ends by itself. To stop a thread while it takes WebAssembly down can bring the process down with it.
      await Promise.race([ended, pause(MOST_TO_END_MS, undefined, { ref: false })]);
    }
    await this.#worker.terminate();
  }

  async #ask(
    make: (id: number) => WorkerRequest,
    statement: Pick<Waiting, "sql" | "columns"> = {},
  ): Promise<StatementAnswer> {
    if (this.#lost) throw this.#lost;
    const id = this.#nextId++;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { ...statement, resolve, reject });
      this.#worker.postMessage(make(id));
    });
  }

  #settle(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (!waiting) return;
    if (!answer.ok) waiting.reject(Object.assign(new Error(answer.error.message), answer.error.fields));
    else if ("rows" in answer) waiting.resolve(answer);
    else {
      try {
        waiting.resolve(readAnswer(answer.bytes, this.#columnsOf(waiting, answer.columns)));
      } catch (error) {
        waiting.reject(error);
      }
    }
  }

  #columnsOf({ sql, columns: known }: Waiting, told: readonly Column[] | undefined): readonly Column[] {
    if (sql === undefined) return [];
    if (!told) return this.#columns.get(sql) ?? known ?? [];
    this.#columns.delete(sql);
    this.#columns.set(sql, told);
    const [oldest] = this.#columns.keys();
    if (this.#columns.size > MOST_KNOWN && oldest !== undefined) this.#columns.delete(oldest);
    return told;
  }

  #lose(error: Error, onLost: (error: Error) => void): void {
    if (this.#lost) return;
    this.#lost = error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    onLost(error);
  }
}

/** A Buffer may be a window on a large pool, which would be copied whole between threads. */
function cloneable(value: unknown): unknown {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}
