import type { WorkTotals } from "@hanyouxu/protocol";
import type { ArcState, WorkState } from "../state.ts";

const MAX_UINT32 = 0xffff_ffff;

/** The sums of a work session so far, the arc in hand included. They only grow. */
export function totalsOf(work: WorkState, arc: ArcState, uptimeMs: number): WorkTotals {
  const arcInHandMs = arc.isOn ? arcEndMs(arc, uptimeMs) - arc.startedAtUptimeMs : 0;
  return {
    energisedMs: uptimeMs - work.closedAtUptimeMs,
    arcMs: work.arcMs + arcInHandMs,
    arcCount: work.arcCount,
    energyKilojoules: Math.min(MAX_UINT32, Math.round(work.energyJoules / 1000)),
    peakDeciamps: work.peakDeciamps,
  };
}

/** An arc whose current has already fallen ended when it fell, not when that became certain. */
export function arcEndMs(arc: ArcState, uptimeMs: number): number {
  return arc.belowSinceUptimeMs ?? uptimeMs;
}
