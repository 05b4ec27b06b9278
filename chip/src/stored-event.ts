/** An event as it lies in flash, until the platform has acknowledged it. */
export interface StoredEvent extends LogPosition {
  bytes: Uint8Array;
}

/** Events are ordered by boot, then by number. */
export interface LogPosition {
  boot: number;
  seq: number;
}

/** Whether `left` was written after `right`. */
export function isAfter(left: LogPosition, right: LogPosition): boolean {
  return left.boot > right.boot || (left.boot === right.boot && left.seq > right.seq);
}
