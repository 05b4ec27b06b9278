/** How the text of a value is read, by its type: the same for rows of both databases. */
import { types } from "pg";

/** Object identifiers of the types that are not read as `pg` reads them by default. */
const oid = {
  bytea: 17,
  int8: 20,
  byteaArray: 1001,
  textArray: 1009,
  int8Array: 1016,
  date: 1082,
  interval: 1186,
  numericArray: 1231,
} as const;

/** `pg`'s own reading; its types list only some of the identifiers it knows. */
const ownReading = types.getTypeParser as (id: number) => (text: string) => unknown;

export const ownReaders: Record<number, (text: string) => unknown> = {
  [oid.int8]: integer,
  [oid.bytea]: (text) => bytes(ownReading(oid.bytea)(text) as Buffer),
  [oid.date]: (text) => text,
  [oid.interval]: (text) => text,
  [oid.int8Array]: (text) => mapArray(ownReading(oid.int8Array)(text) as string[], integer),
  [oid.byteaArray]: (text) => mapArray(ownReading(oid.byteaArray)(text) as Buffer[], bytes),
  [oid.numericArray]: ownReading(oid.textArray),
};

/** What reads a value of a type; what is known of none stays text. */
export function readerOf(id: number): (text: string) => unknown {
  return ownReaders[id] ?? ownReading(id);
}

/** A number where it is exact; beyond 2^53 a bigint, never one that is nearly it. */
function integer(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function bytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function mapArray<From, To>(array: From[], map: (item: From) => To): (To | null)[] {
  return array.map((item) => (item === null ? null : map(item)));
}
