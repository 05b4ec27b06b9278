import { type Fields, MAX_CLOCK_MS, MAX_UINT32, numberOf } from "../fields.ts";

/** How far the chip's wall clock can be believed: never set, kept by its own oscillator, or told by the platform lately. */
export const CLOCK_TRUSTS = ["unknown", "drifting", "verified"] as const;
export type ClockTrust = (typeof CLOCK_TRUSTS)[number];

/** When something happened, as the chip saw it. */
export interface ChipTime {
  /** Counts the chip's starts; with a sequence number it orders everything the chip ever said. */
  boot: number;
  /** Milliseconds since that start, from a clock that only goes forward. */
  uptimeMs: number;
  /** Milliseconds since 1970 by the chip's wall clock; 0 while trust is "unknown". */
  clockMs: number;
  clockTrust: ClockTrust;
}

export const MAX_BOOT = MAX_UINT32;

export function readUptimeAndClock(fields: Fields): Omit<ChipTime, "boot"> {
  return {
    uptimeMs: fields.integer("uptimeMs", 0, Number.MAX_SAFE_INTEGER),
    clockMs: fields.integer("clockMs", 0, MAX_CLOCK_MS),
    clockTrust: fields.oneOf("clockTrust", CLOCK_TRUSTS),
  };
}

export function writeUptimeAndClock(time: Omit<ChipTime, "boot">): number[] {
  return [time.uptimeMs, time.clockMs, numberOf(time.clockTrust, CLOCK_TRUSTS)];
}
