/**
 * Reads and writes sheets in a thread of its own: unpacking and XML of a large workbook take seconds, in which the event
 * loop must stay free. One thread a task: what reading took of memory goes with it.
 */
import { parentPort, workerData } from "node:worker_threads";
import { ROWS_IN_PART, type SheetRows } from "./cell.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { SheetProblem } from "./sheet-problem.ts";
import { type SheetToWrite, writeXlsx } from "./write-xlsx.ts";

export type SheetTask =
  | { kind: "read"; bytes: Uint8Array<ArrayBuffer>; format: "xlsx" | "csv"; mostRows: number }
  | { kind: "write"; sheets: readonly SheetToWrite[] };

export type SheetAnswer =
  | { kind: "opened"; rowCount: number; parts: Uint8Array<ArrayBuffer>[] }
  | { kind: "written"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "problem"; code: SheetProblem["code"]; details: SheetProblem["details"] };

function partsOf(rows: SheetRows): Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < rows.length; from += ROWS_IN_PART) {
    parts.push(encoder.encode(JSON.stringify(rows.slice(from, from + ROWS_IN_PART))));
  }
  return parts;
}

const port = parentPort;
if (port) {
  const say = (answer: SheetAnswer, given: ArrayBuffer[] = []) => port.postMessage(answer, given);
  const task = workerData as SheetTask;
  try {
    if (task.kind === "write") {
      say({ kind: "written", bytes: await writeXlsx(task.sheets) });
    } else {
      const { bytes, mostRows } = task;
      const rows = task.format === "csv" ? readCsv(bytes, mostRows) : await readXlsx(bytes, mostRows);
      const parts = partsOf(rows);
      say(
        { kind: "opened", rowCount: rows.length, parts },
        parts.map(({ buffer }) => buffer),
      );
    }
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    say({ kind: "problem", code: error.code, details: error.details });
  }
}
