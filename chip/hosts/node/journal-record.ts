import { crc32 } from "node:zlib";
import type { Snapshot, StoredEvent } from "@hanyouxu/chip";

/** One atomic write: events and the snapshot that goes with them. */
export interface JournalRecord {
  events: readonly StoredEvent[];
  snapshot: Snapshot;
}

interface JournalLine {
  snapshot: Snapshot;
  events: [boot: number, seq: number, base64: string][];
}

/** One line: eight hex digits of CRC-32 (as in zlib) over the JSON that follows, then a newline. */
export function writeRecord(record: JournalRecord): string {
  const line: JournalLine = {
    snapshot: record.snapshot,
    events: record.events.map(({ boot, seq, bytes }) => [boot, seq, Buffer.from(bytes).toString("base64")]),
  };
  const json = JSON.stringify(line);
  return `${checksum(json)} ${json}\n`;
}

/** The record in one line without its newline, or undefined when it is torn or altered. */
export function readRecord(line: string): JournalRecord | undefined {
  const json = line.slice(9);
  if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) return undefined;
  const { snapshot, events } = JSON.parse(json) as JournalLine;
  if (snapshot.format !== 1) return undefined;
  return {
    snapshot,
    events: events.map(([boot, seq, base64]) => ({
      boot,
      seq,
      bytes: new Uint8Array(Buffer.from(base64, "base64")),
    })),
  };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
