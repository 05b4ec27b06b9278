/**
 * What the live map says of one cell, as bytes (little endian): a head, then who left, who changed and who came. A machine
 * that came gets a handle of the cell, by which it is named in 14 bytes from then on; a handle says nothing of machines that
 * the reader may not see.
 */
import { machineState } from "./machines.ts";

export interface CellMachine {
  handle: number;
  machineId: string;
  name: string;
  isMobile: boolean;
  /** Web mercator, 32 bits: see map-cells. */
  x: number;
  y: number;
  /** Index of `machineState`'s options. */
  state: number;
  /** 0 for no open alarm, else 1 notice, 2 warning, 3 danger. */
  alarm: number;
  /** Whole amperes; null without power or where the reader may not see readings. */
  currentAmps: number | null;
}
export type CellUpdate = Omit<CellMachine, "machineId" | "name" | "isMobile">;

export interface CellFrame {
  /** A snapshot stands for all that was known of the cell before. */
  isSnapshot: boolean;
  cell: number;
  /** Of a delta one more than that of the frame before; otherwise one is missing. */
  sequence: number;
  left: readonly number[];
  changed: readonly CellUpdate[];
  came: readonly CellMachine[];
}

/** Handles are of 16 bits. */
export const MOST_IN_CELL = 65_535;
const HEAD_BYTES = 16;
const UPDATE_BYTES = 14;
const UUID_BYTES = 16;
const NO_AMPS = 0xffff;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeCellFrame(frame: CellFrame): Uint8Array<ArrayBuffer> {
  const names = frame.came.map(({ name }) => encoder.encode(name).subarray(0, 255));
  const cameBytes = names.reduce((sum, name) => sum + UPDATE_BYTES + UUID_BYTES + 2 + name.length, 0);
  const bytes = new Uint8Array(
    HEAD_BYTES + frame.left.length * 2 + frame.changed.length * UPDATE_BYTES + cameBytes,
  );
  const view = new DataView(bytes.buffer);
  view.setUint8(0, frame.isSnapshot ? 1 : 2);
  view.setUint32(2, frame.cell, true);
  view.setUint32(6, frame.sequence, true);
  view.setUint16(10, frame.left.length, true);
  view.setUint16(12, frame.changed.length, true);
  view.setUint16(14, frame.came.length, true);
  let at = HEAD_BYTES;
  for (const handle of frame.left) {
    view.setUint16(at, handle, true);
    at += 2;
  }
  for (const update of frame.changed) at = writeUpdate(view, at, update);
  for (const [index, machine] of frame.came.entries()) {
    at = writeUpdate(view, at, machine);
    const hex = machine.machineId.replaceAll("-", "");
    for (let n = 0; n < UUID_BYTES; n++) bytes[at + n] = Number.parseInt(hex.slice(n * 2, n * 2 + 2), 16);
    at += UUID_BYTES;
    view.setUint8(at, machine.isMobile ? 1 : 0);
    view.setUint8(at + 1, names[index]!.length);
    bytes.set(names[index]!, at + 2);
    at += 2 + names[index]!.length;
  }
  return bytes;
}

/** @throws RangeError for bytes that are no frame */
export function decodeCellFrame(bytes: Uint8Array): CellFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = view.getUint8(0);
  if (kind !== 1 && kind !== 2) throw new RangeError("not a frame of the live map");
  const [leftCount, changedCount, cameCount] = [10, 12, 14].map((at) => view.getUint16(at, true));
  const changedAt = HEAD_BYTES + leftCount! * 2;
  const left = Array.from({ length: leftCount! }, (_, n) => view.getUint16(HEAD_BYTES + n * 2, true));
  const changed = Array.from({ length: changedCount! }, (_, n) =>
    readUpdate(view, changedAt + n * UPDATE_BYTES),
  );
  let at = changedAt + changedCount! * UPDATE_BYTES;
  const came = Array.from({ length: cameCount! }, () => {
    const update = readUpdate(view, at);
    const idAt = at + UPDATE_BYTES;
    const moreAt = idAt + UUID_BYTES;
    const nameBytes = view.getUint8(moreAt + 1);
    at = moreAt + 2 + nameBytes;
    if (at > bytes.length) throw new RangeError("a frame of the live map is cut off");
    return {
      ...update,
      machineId: uuidOf(bytes.subarray(idAt, moreAt)),
      isMobile: view.getUint8(moreAt) === 1,
      name: decoder.decode(bytes.subarray(moreAt + 2, at)),
    };
  });
  return {
    isSnapshot: kind === 1,
    cell: view.getUint32(2, true),
    sequence: view.getUint32(6, true),
    left,
    changed,
    came,
  };
}

function writeUpdate(
  view: DataView,
  at: number,
  { handle, x, y, state, alarm, currentAmps }: CellUpdate,
): number {
  view.setUint16(at, handle, true);
  view.setUint32(at + 2, x, true);
  view.setUint32(at + 6, y, true);
  view.setUint8(at + 10, state);
  view.setUint8(at + 11, alarm);
  view.setUint16(at + 12, currentAmps === null ? NO_AMPS : Math.min(currentAmps, NO_AMPS - 1), true);
  return at + UPDATE_BYTES;
}

function readUpdate(view: DataView, at: number): CellUpdate {
  const amps = view.getUint16(at + 12, true);
  const state = view.getUint8(at + 10);
  if (state >= machineState.options.length) throw new RangeError("a state that the live map does not know");
  return {
    handle: view.getUint16(at, true),
    x: view.getUint32(at + 2, true),
    y: view.getUint32(at + 6, true),
    state,
    alarm: view.getUint8(at + 11),
    currentAmps: amps === NO_AMPS ? null : amps,
  };
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
