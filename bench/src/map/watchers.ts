import { Worker } from "../worker.ts";

export interface WatchersSaw {
  texts: number;
  frames: number;
  bytes: number;
  /** Machines that were told, in snapshots and deltas. */
  machines: number;
  /** Frames or texts whose number did not follow. */
  gaps: number;
  closed: number;
}

/** Many open map pages in a process of their own: each looks at a part of the county under a filter. */
export class Watchers {
  readonly #worker = new Worker(new URL("./watchers-worker.ts", import.meta.url));

  /** Signs in and opens so many live connections. */
  open(task: { url: string; clients: number }): Promise<void> {
    return this.#worker.ask("open", task);
  }

  saw(): Promise<WatchersSaw> {
    return this.#worker.ask("saw");
  }

  /** All pages are closed; more may be opened. */
  close(): Promise<void> {
    return this.#worker.ask("close");
  }

  stop(): Promise<void> {
    return this.#worker.stop();
  }
}
