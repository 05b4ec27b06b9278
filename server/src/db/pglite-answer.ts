import { EventEmitter } from "node:events";
import { parse } from "pg-protocol";
import type { BackendMessage, CommandCompleteMessage, DataRowMessage } from "pg-protocol/dist/messages.js";
import { readerOf } from "./value-readers.ts";

/** A column of an answer: its name and the object identifier of its type. */
export interface Column {
  name: string;
  dataTypeID: number;
}

export interface StatementAnswer {
  rows: unknown[];
  affectedRows: number;
}

/** What the database has said to one statement, as PostgreSQL writes it to the wire: messages in whole. */
export type AnswerBytes = Uint8Array<ArrayBuffer>;

/** The id of the thread's first answer, which nobody asked for: the database is open. */
export const openedId = 0;

/** One reader for all answers: each is whole, and is read before the next. */
const wire = new EventEmitter();
let heard: BackendMessage[] = [];
void parse(wire as unknown as NodeJS.ReadableStream, (message) => {
  heard.push(message);
});

/**
 * The rows in what the database said, by their columns.
 * @throws DatabaseError of `pg-protocol`, with SQLSTATE as `code`, when it refused the statement
 */
export function readAnswer(bytes: AnswerBytes, columns: readonly Column[]): StatementAnswer {
  heard = [];
  wire.emit("data", Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const messages = heard;
  heard = [];
  const refusal = messages.find((message) => message instanceof Error);
  if (refusal) throw refusal;
  const names = columns.map(({ name }) => name);
  const readers = columns.map(({ dataTypeID }) => readerOf(dataTypeID));
  const rows: unknown[] = [];
  let affectedRows = 0;
  for (const message of messages) {
    if (message.name === "dataRow") rows.push(rowOf((message as DataRowMessage).fields, names, readers));
    if (message.name === "commandComplete") affectedRows = rowCountOf(message as CommandCompleteMessage);
  }
  return { rows, affectedRows };
}

function rowOf(
  values: readonly (string | null)[],
  names: readonly string[],
  readers: readonly ((text: string) => unknown)[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index++) {
    const value = values[index] ?? null;
    row[names[index]!] = value === null ? null : readers[index]!(value);
  }
  return row;
}

/** The number at the end of a command's tag: `UPDATE 3`, `INSERT 0 5`; 0 for commands without one. */
function rowCountOf({ text }: CommandCompleteMessage): number {
  return text.startsWith("SELECT") ? 0 : Number.parseInt(text.split(" ").at(-1)!, 10) || 0;
}
