/**
 * Runs the embedded PostgreSQL in its own thread: it computes in WebAssembly and would hold up the event loop. It
 * knows one connection and no transactions; `pglite-dialect.ts` serialises them.
 */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, types } from "@electric-sql/pglite";
import { type AnswerBytes, type Column, openedId } from "./pglite-answer.ts";
import { PgliteStatements } from "./pglite-statements.ts";

/** What the thread is given at its start. */
export interface WorkerSettings {
  /** Undefined: in memory. */
  folder: string | undefined;
  /** A dump of a data folder (tar) to begin with. */
  snapshot: Uint8Array<ArrayBuffer> | undefined;
}

export type WorkerRequest =
  | { id: number; kind: "query"; sql: string; parameters: readonly unknown[]; knowsColumns: boolean }
  | { id: number; kind: "dump" }
  | { id: number; kind: "close" };

export type WorkerAnswer =
  | { id: number; ok: true; rows: unknown[]; affectedRows: number }
  /** Unread, with its columns where the asker does not know them or has known others. */
  | { id: number; ok: true; bytes: AnswerBytes; columns?: readonly Column[] }
  | { id: number; ok: false; error: { message: string; fields: Record<string, string> } };

const port = parentPort;
if (port) {
  const { folder, snapshot } = workerData as WorkerSettings;
  try {
    const database = await PGlite.create({
      ...(folder === undefined ? {} : { dataDir: folder }),
      ...(snapshot === undefined ? {} : { loadDataDir: new Blob([snapshot]) }),
      // A calendar day has no time zone: it stays the text it is.
      parsers: { [types.DATE]: (text: string) => text },
    });
    const statements = new PgliteStatements(database);
    port.on("message", async (request: WorkerRequest) => {
      try {
        const answered = await answer(database, statements, request);
        port.postMessage(answered, "bytes" in answered ? [answered.bytes.buffer] : []);
      } catch (error) {
        port.postMessage({ id: request.id, ok: false, error: plainError(error) } satisfies WorkerAnswer);
      }
      if (request.kind === "close") port.close();
    });
    port.postMessage({ id: openedId, ok: true, rows: [], affectedRows: 0 } satisfies WorkerAnswer);
  } catch (error) {
    port.postMessage({ id: openedId, ok: false, error: plainError(error) } satisfies WorkerAnswer);
    port.close();
  }
}

async function answer(
  database: PGlite,
  statements: PgliteStatements,
  request: WorkerRequest,
): Promise<WorkerAnswer> {
  switch (request.kind) {
    case "query": {
      const { id, sql, parameters, knowsColumns } = request;
      const answered = await statements.run(sql, parameters);
      if (!("bytes" in answered)) return { id, ok: true, ...answered };
      const { bytes, columns, isNew } = answered;
      return { id, ok: true, bytes, ...(knowsColumns && !isNew ? {} : { columns }) };
    }
    case "dump": {
      const dump = await database.dumpDataDir("none");
      return { id: request.id, ok: true, rows: [new Uint8Array(await dump.arrayBuffer())], affectedRows: 0 };
    }
    case "close":
      await database.close();
      return { id: request.id, ok: true, rows: [], affectedRows: 0 };
  }
}

const errorFields = ["code", "constraint", "table", "column", "detail", "severity", "where"] as const;

/** Errors lose their own fields on the way between threads; the ones programs ask for travel by name. */
function plainError(error: unknown): { message: string; fields: Record<string, string> } {
  if (!(error instanceof Error)) return { message: String(error), fields: {} };
  const fields: Record<string, string> = {};
  for (const name of errorFields) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") fields[name] = value;
  }
  return { message: error.message, fields };
}
