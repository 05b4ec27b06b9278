/**
 * Reads and writes sheets in a thread of its own: unpacking and XML of a large workbook take seconds, in which the event
 * loop must stay free. One thread a task; a read sheet stays here and is asked for in parts.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { SheetRows } from "./cell.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { SheetProblem } from "./sheet-problem.ts";
import { type SheetToWrite, writeXlsx } from "./write-xlsx.ts";

export type SheetTask =
  | { kind: "read"; bytes: Uint8Array<ArrayBuffer>; format: "xlsx" | "csv"; mostRows: number }
  | { kind: "write"; sheets: readonly SheetToWrite[] };

export type SheetAnswer =
  | { kind: "opened"; rowCount: number }
  | { kind: "part"; rows: SheetRows }
  | { kind: "written"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "problem"; code: SheetProblem["code"]; details: SheetProblem["details"] };

const port = parentPort;
if (port) {
  const say = (answer: SheetAnswer) => port.postMessage(answer);
  const task = workerData as SheetTask;
  try {
    if (task.kind === "write") {
      say({ kind: "written", bytes: await writeXlsx(task.sheets) });
    } else {
      const { bytes, mostRows } = task;
      const rows = task.format === "csv" ? readCsv(bytes, mostRows) : await readXlsx(bytes, mostRows);
      say({ kind: "opened", rowCount: rows.length });
      port.on("message", ({ from, count }: { from: number; count: number }) =>
        say({ kind: "part", rows: rows.slice(from, from + count) }),
      );
    }
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    say({ kind: "problem", code: error.code, details: error.details });
  }
}
