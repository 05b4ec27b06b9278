import { type Fence, metresInsideFence } from "@hanyouxu/protocol";
import { record } from "../events.ts";
import type { Fix } from "../inputs.ts";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { endWork } from "../welding/session.ts";

/** Several fixes over some time must agree, each beyond its own error: one stray fix never ends honest work. */
const AGREEING_FIXES = 3;
const AGREEING_FOR_MS = 30_000;
const LEAST_OUTSIDE_METRES = 25;
/** A last known place older than this says nothing about a start. */
const STALE_FIX_MS = 900_000;

/** Follows the grant's fence from fix to fix. Without a fix nothing changes: a basement is no exit. */
export function watchFence(turn: Turn, fix: Fix | null): void {
  const { state, uptimeMs } = turn;
  const fence = state.work?.grant.fence;
  if (!fence || !fix) return;
  const insideMetres = metresInsideFence(fence, fix.latitudeE7, fix.longitudeE7);
  const watch = state.fenceWatch;
  const contradicts = watch.isOutside ? insideMetres > 0 : isClearlyOutside(insideMetres, fix);
  if (!contradicts) {
    state.fenceWatch = { ...watch, contraryFixes: 0 };
    return;
  }
  const contraryFixes = watch.contraryFixes + 1;
  const contrarySinceUptimeMs = watch.contraryFixes === 0 ? uptimeMs : watch.contrarySinceUptimeMs;
  state.fenceWatch = { ...watch, contraryFixes, contrarySinceUptimeMs };
  if (contraryFixes < AGREEING_FIXES || uptimeMs - contrarySinceUptimeMs < AGREEING_FOR_MS) return;
  state.fenceWatch = { isOutside: !watch.isOutside, contraryFixes: 0, contrarySinceUptimeMs: 0 };
  if (watch.isOutside) {
    record(turn, "fence-entered", { metresInside: Math.round(insideMetres) });
  } else {
    record(turn, "fence-left", { metresOutside: Math.round(-insideMetres) });
    endWork(turn, "fence");
  }
}

/** Whether the place the chip was at lately is clearly outside a grant's fence. */
export function isFarFromFence(state: ChipState, fence: Fence | null): boolean {
  const { lastFix } = state;
  if (!fence || !lastFix || state.uptimeMs - lastFix.atUptimeMs > STALE_FIX_MS) return false;
  return isClearlyOutside(metresInsideFence(fence, lastFix.latitudeE7, lastFix.longitudeE7), lastFix);
}

function isClearlyOutside(insideMetres: number, fix: Fix): boolean {
  return -insideMetres > Math.max(LEAST_OUTSIDE_METRES, 2 * fix.accuracyMetres);
}
