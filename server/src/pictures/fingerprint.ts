/** What a picture looks like, little changed by another size, quality or format: two difference hashes of 64 bits. */
export interface Fingerprint {
  /** Bit by bit whether a cell is darker than its right neighbour, row by row, 8 × 8. */
  rows: bigint;
  /** Whether a cell is darker than the one below it, column by column. */
  columns: bigint;
}

/** So many bits of each hash may differ between two copies of one picture. */
export const SAME_WITHIN_BITS = 7;

/** The side of the grey square that a fingerprint is made of. */
export const GREY_SIDE = 256;
/** The rows of it that count: beneath lies the caption that the app burns into its pictures. */
const GREY_ROWS = GREY_SIDE - GREY_SIDE / 8;
const CELLS = 8;
/** Standard deviation of the grey values beneath which nothing is to be seen. */
const LEAST_DEVIATION = 3;

/** @param grey GREY_SIDE × GREY_SIDE bytes, row by row, whatever the picture's own shape */
export function fingerprintOf(grey: Uint8Array): Fingerprint {
  const wide = cellsOf(grey, CELLS + 1, CELLS);
  const high = cellsOf(grey, CELLS, CELLS + 1);
  let rows = 0n;
  let columns = 0n;
  for (let a = 0; a < CELLS; a++) {
    for (let b = 0; b < CELLS; b++) {
      rows = (rows << 1n) | (wide[a * (CELLS + 1) + b]! < wide[a * (CELLS + 1) + b + 1]! ? 1n : 0n);
      columns = (columns << 1n) | (high[b * CELLS + a]! < high[(b + 1) * CELLS + a]! ? 1n : 0n);
    }
  }
  return { rows, columns };
}

/** Whether anything is to be seen: not black, not white, not a covered lens. */
export function hasDetail(grey: Uint8Array): boolean {
  const seen = grey.subarray(0, GREY_ROWS * GREY_SIDE);
  let sum = 0;
  let squares = 0;
  for (const value of seen) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / seen.length;
  return Math.sqrt(squares / seen.length - mean * mean) >= LEAST_DEVIATION;
}

/** How many bits of two hashes differ. */
export function bitsBetween(a: bigint, b: bigint): number {
  let count = 0;
  for (let rest = BigInt.asUintN(64, a ^ b); rest > 0n; rest &= rest - 1n) count++;
  return count;
}

export function isSamePicture(a: Fingerprint, b: Fingerprint): boolean {
  return (
    bitsBetween(a.rows, b.rows) <= SAME_WITHIN_BITS && bitsBetween(a.columns, b.columns) <= SAME_WITHIN_BITS
  );
}

/** The mean grey of each cell of a grid over what counts. */
function cellsOf(grey: Uint8Array, across: number, down: number): Float64Array {
  const cells = new Float64Array(across * down);
  for (let row = 0; row < down; row++) {
    const top = Math.floor((row * GREY_ROWS) / down);
    const bottom = Math.floor(((row + 1) * GREY_ROWS) / down);
    for (let column = 0; column < across; column++) {
      const left = Math.floor((column * GREY_SIDE) / across);
      const right = Math.floor(((column + 1) * GREY_SIDE) / across);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += grey[y * GREY_SIDE + x]!;
      cells[row * across + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return cells;
}
