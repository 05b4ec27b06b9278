import { Worker } from "node:worker_threads";
import type { SheetRows } from "./cell.ts";
import { SheetProblem } from "./sheet-problem.ts";
import type { SheetAnswer, SheetTask } from "./sheet-worker.ts";
import type { SheetToWrite } from "./write-xlsx.ts";

/** A sheet that has been read in its own thread and is handed over in parts. */
export interface OpenSheet {
  rowCount: number;
  /** @param from index of the first row wanted, 0 is row 1 of the sheet */
  part(from: number, count: number): Promise<SheetRows>;
  close(): Promise<void>;
}

/** Most of the JavaScript heap of a thread; a file that needs more is refused, and the server goes on. */
const HEAP_MEBIBYTES = 160;
/** Of what is new: rows live shortly, and a larger nursery only takes more memory. */
const NURSERY_MEBIBYTES = 6;

/** @throws SheetProblem */
export async function openSheet(
  bytes: Uint8Array<ArrayBuffer>,
  format: "xlsx" | "csv",
  mostRows: number,
): Promise<OpenSheet> {
  const thread = new SheetThread({ kind: "read", bytes, format, mostRows });
  try {
    const opened = await thread.next("opened");
    return {
      rowCount: opened.rowCount,
      part: async (from, count) => (await thread.next("part", { from, count })).rows,
      close: () => thread.end(),
    };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** A workbook's bytes, made in a thread. */
export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<Uint8Array<ArrayBuffer>> {
  const thread = new SheetThread({ kind: "write", sheets });
  try {
    return (await thread.next("written")).bytes;
  } finally {
    await thread.end();
  }
}

class SheetThread {
  readonly #worker: Worker;
  #waiting: { resolve(answer: SheetAnswer): void; reject(error: Error): void } | undefined;
  #early: SheetAnswer | undefined;
  #failure: Error | undefined;

  constructor(task: SheetTask) {
    this.#worker = new Worker(new URL("./sheet-worker.ts", import.meta.url), {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEBIBYTES, maxYoungGenerationSizeMb: NURSERY_MEBIBYTES },
    });
    this.#worker.on("message", (answer: SheetAnswer) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting.resolve(answer);
      else this.#early = answer;
    });
    this.#worker.on("error", (error: NodeJS.ErrnoException) => {
      const isFull = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      this.#fail(isFull ? new SheetProblem("out_of_memory") : error);
    });
    this.#worker.on("exit", (code) => this.#fail(new Error(`the sheet's thread ended (code ${code})`)));
  }

  async next<Kind extends SheetAnswer["kind"]>(
    kind: Kind,
    question?: object,
  ): Promise<SheetAnswer & { kind: Kind }> {
    const answer = await new Promise<SheetAnswer>((resolve, reject) => {
      if (this.#early) {
        resolve(this.#early);
        this.#early = undefined;
      } else if (this.#failure) reject(this.#failure);
      else this.#waiting = { resolve, reject };
      if (question) this.#worker.postMessage(question);
    });
    if (answer.kind === "problem") throw new SheetProblem(answer.code, answer.details);
    if (answer.kind !== kind) throw new Error(`the sheet's thread answered ${answer.kind}, not ${kind}`);
    return answer as SheetAnswer & { kind: Kind };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }
}
