import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { type ChipStorage, isAfter, type StoredChip } from "@hanyouxu/chip";
import { type JournalRecord, readRecord, writeRecord } from "./journal-record.ts";

/** The journal is rewritten without what was acknowledged when it has grown past this. */
const COMPACT_ABOVE_BYTES = 256 * 1024;

/**
 * A chip's flash as one append-only journal: each record is on disk (fsync) before `persist` returns. A record torn by
 * a power cut is cut off at the next start; whatever came before it counts. A damaged record that is not the last one
 * is no power cut: starting on an older state would let old commands work again, so opening throws.
 */
export function openFileStorage(dir: string): ChipStorage {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, "journal");
  const found = existsSync(path) ? readJournal(path) : { records: [], intactBytes: 0 };
  let stored = found.records.reduce<StoredChip | null>(apply, null);
  let file = openSync(path, "a");
  if (fstatSync(file).size > found.intactBytes) {
    ftruncateSync(file, found.intactBytes);
    fsyncSync(file);
  }
  syncDirectory(dir);
  let sizeBytes = found.intactBytes;
  let isOpen = true;

  return {
    load: () => stored,
    persist(events, snapshot) {
      if (!isOpen) throw new Error("the chip's storage is closed");
      sizeBytes += append(file, { events, snapshot });
      stored = apply(stored, { events, snapshot });
      if (sizeBytes <= COMPACT_ABOVE_BYTES + 2 * pendingBytes(stored)) return;
      const compacted = compact(dir, path, stored);
      closeSync(file);
      file = compacted.file;
      sizeBytes = compacted.sizeBytes;
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

/** Keeps everything in memory: for large simulated fleets, where a restart of the process is a new chip anyway. */
export function createMemoryStorage(): ChipStorage {
  let stored: StoredChip | null = null;
  return {
    load: () => stored,
    persist(events, snapshot) {
      stored = apply(stored, { events, snapshot });
    },
    close() {},
  };
}

function apply(stored: StoredChip | null, record: JournalRecord): StoredChip {
  const { snapshot } = record;
  const kept = (stored?.events ?? []).filter((event) => isAfter(event, snapshot.acknowledged));
  const added = record.events.filter((event) => isAfter(event, snapshot.acknowledged));
  return { snapshot, events: [...kept, ...added] };
}

function append(file: number, record: JournalRecord): number {
  const bytes = Buffer.from(writeRecord(record));
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  fsyncSync(file);
  return bytes.length;
}

/** Write beside, fsync, rename, fsync the folder: at every moment one whole journal exists. */
function compact(dir: string, path: string, stored: StoredChip): { file: number; sizeBytes: number } {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w");
  const sizeBytes = append(file, stored);
  renameSync(temporary, path);
  syncDirectory(dir);
  return { file, sizeBytes };
}

function readJournal(path: string): { records: JournalRecord[]; intactBytes: number } {
  const records: JournalRecord[] = [];
  const bytes = readFileSync(path);
  let intactBytes = 0;
  while (intactBytes < bytes.length) {
    const newline = bytes.indexOf(0x0a, intactBytes);
    const end = newline < 0 ? bytes.length : newline;
    const record = newline < 0 ? undefined : readRecord(bytes.toString("utf8", intactBytes, end));
    if (!record) {
      if (newline >= 0 && bytes.indexOf(0x0a, newline + 1) >= 0) {
        throw new Error(`chip storage damaged: ${path} at byte ${intactBytes}; enrol the chip anew`);
      }
      break;
    }
    records.push(record);
    intactBytes = newline + 1;
  }
  return { records, intactBytes };
}

function pendingBytes(stored: StoredChip): number {
  return stored.events.length * 400;
}

function syncDirectory(dir: string): void {
  const handle = openSync(dir, "r");
  fsyncSync(handle);
  closeSync(handle);
}
