import type { WorkSessionProgress } from "@hanyouxu/api";

/** The progress with the page's own time at which it came, for counting on between two messages. */
export interface HeardProgress {
  progress: WorkSessionProgress;
  heardAtMs: number;
  /** At least what the chip summed up, with the arcs seen since: sums come minutes apart, readings every 10 s. */
  arcMs: number;
}

/** Takes a newer progress of the same work session at `nowMs` of the page's clock. */
export function hear(progress: WorkSessionProgress, nowMs: number, before?: HeardProgress): HeardProgress {
  return {
    progress,
    heardAtMs: nowMs,
    arcMs: Math.max(progress.arcMs, before ? arcUntil(before, nowMs) : 0),
  };
}

/** The arc time as far as it can be known at `nowMs`. */
export function arcUntil({ progress, heardAtMs, arcMs }: HeardProgress, nowMs: number): number {
  return arcMs + (progress.isArcing ? Math.max(0, nowMs - heardAtMs) : 0);
}
