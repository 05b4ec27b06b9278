import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { openedId, type WorkerAnswer, type WorkerRequest, type WorkerSettings } from "./pglite-worker.ts";

/** A thread that has closed its database ends within some ten milliseconds; threads know no virtual time. */
const MOST_TO_END_MS = 5_000;

export interface PgliteAnswer {
  rows: unknown[];
  affectedRows: number;
}

interface Waiting {
  resolve: (answer: PgliteAnswer) => void;
  reject: (error: Error) => void;
}

/** The embedded database seen from the main thread: one connection, statements in the order of their calls. */
export class PgliteClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
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
    await new Promise<PgliteAnswer>((resolve, reject) =>
      client.#waiting.set(openedId, { resolve, reject }),
    ).catch((error: unknown) => {
      client.#closing = true;
      throw error;
    });
    return client;
  }

  async query(sql: string, parameters: readonly unknown[]): Promise<PgliteAnswer> {
    return await this.#ask((id) => ({ id, kind: "query", sql, parameters: parameters.map(cloneable) }));
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

  async #ask(make: (id: number) => WorkerRequest): Promise<PgliteAnswer> {
    if (this.#lost) throw this.#lost;
    const id = this.#nextId++;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage(make(id));
    });
  }

  #settle(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer);
    else waiting?.reject(Object.assign(new Error(answer.error.message), answer.error.fields));
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
