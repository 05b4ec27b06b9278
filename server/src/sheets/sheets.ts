import { Worker } from "node:worker_threads";
import { ROWS_IN_PART, type SheetRows } from "./cell.ts";
import { SheetProblem } from "./sheet-problem.ts";
import type { SheetAnswer, SheetTask } from "./sheet-worker.ts";
import type { SheetToWrite } from "./write-xlsx.ts";

/** A sheet that was read in a thread of its own and is kept packed: its rows are unpacked as they are asked for. */
export class OpenSheet {
  readonly rowCount: number;
  readonly #parts: readonly Uint8Array<ArrayBuffer>[];

  constructor(rowCount: number, parts: readonly Uint8Array<ArrayBuffer>[]) {
    this.rowCount = rowCount;
    this.#parts = parts;
  }

  /** @param from index of the first row wanted, 0 is row 1 of the sheet */
  rows(from: number, count: number): SheetRows {
    const first = Math.floor(from / ROWS_IN_PART);
    const last = Math.ceil((from + count) / ROWS_IN_PART);
    const decoder = new TextDecoder();
    const rows = this.#parts
      .slice(first, last)
      .flatMap((part) => JSON.parse(decoder.decode(part)) as SheetRows);
    return rows.slice(from - first * ROWS_IN_PART, from - first * ROWS_IN_PART + count);
  }
}

/**
 * Most of the JavaScript heap of a thread. A file from outside that needs more is refused, and the server goes on; what is
 * written is the platform's own and in memory already: some 500,000 rows.
 */
const HEAP_MEBIBYTES = { read: 160, write: 640 };
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
    const { rowCount, parts } = await thread.next("opened");
    return new OpenSheet(rowCount, parts);
  } finally {
    await thread.end();
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
      resourceLimits: {
        maxOldGenerationSizeMb: HEAP_MEBIBYTES[task.kind],
        maxYoungGenerationSizeMb: NURSERY_MEBIBYTES,
      },
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

  async next<Kind extends SheetAnswer["kind"]>(kind: Kind): Promise<SheetAnswer & { kind: Kind }> {
    const answer = await new Promise<SheetAnswer>((resolve, reject) => {
      if (this.#early) {
        resolve(this.#early);
        this.#early = undefined;
      } else if (this.#failure) reject(this.#failure);
      else this.#waiting = { resolve, reject };
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
