import { encodeTelemetry, MAX_SAMPLES_PER_BATCH } from "@hanyouxu/protocol";
import { chipTime } from "../clock.ts";
import type { ChipState } from "../state.ts";
import { publish, type Turn } from "../turn.ts";
import { sampleOf } from "./sample.ts";

/** While working a sample waits at most this long for company; after the arc strikes or ends, not even that. */
const BATCH_WITHIN_MS = 30_000;
const ARC_SHOWN_WITHIN_MS = 5_000;
/** A sample's offset has 16 bits of milliseconds' thousand; an offline batch spans less. */
const LONGEST_BATCH_MS = 600_000;
/** Kept without a connection: two days idle or eight hours of work, in memory; then the oldest goes. */
export const STORED_BATCHES = 512;
/** What was stored leaves at this pace, after whatever is live. */
const DRAIN_EVERY_MS = 500;
const NEVER = Number.MAX_SAFE_INTEGER;

export function keepReporting(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const isOnline = state.link.phase === "up";
  const hasArcChanged = turn.before.arc.isOn !== state.arc.isOn;
  if (turn.mustReport || hasArcChanged || uptimeMs >= state.telemetry.sampleDueUptimeMs) takeSample(turn);
  const { telemetry } = state;
  if (hasArcChanged && telemetry.samples.length > 0) {
    const flushDueUptimeMs = Math.min(telemetry.flushDueUptimeMs, uptimeMs + ARC_SHOWN_WITHIN_MS);
    state.telemetry = { ...telemetry, flushDueUptimeMs };
  }
  if (turn.mustReport && isOnline) flush(turn);
  if (uptimeMs >= state.telemetry.flushDueUptimeMs) flush(turn);
  if (isOnline && uptimeMs >= state.telemetry.drainDueUptimeMs) drain(turn);
}

export function telemetryDueUptimeMs(state: ChipState): number {
  const { sampleDueUptimeMs, flushDueUptimeMs, drainDueUptimeMs } = state.telemetry;
  return Math.min(sampleDueUptimeMs, flushDueUptimeMs, state.link.phase === "up" ? drainDueUptimeMs : NEVER);
}

function takeSample(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const isOnline = state.link.phase === "up";
  const { configuration } = state;
  const everySeconds = state.relayClosed
    ? configuration.workingTelemetrySeconds
    : configuration.idleTelemetrySeconds;
  const { samples } = state.telemetry;
  const isFirst = samples.length === 0;
  const startedAtUptimeMs = isFirst ? uptimeMs : state.telemetry.startedAtUptimeMs;
  // Idle and online a sample is also the sign of life, so it does not wait; offline nothing is in a hurry.
  const waitMs = !isOnline ? LONGEST_BATCH_MS : state.relayClosed ? BATCH_WITHIN_MS : 0;
  const flushDueUptimeMs = Math.min(
    isFirst ? NEVER : state.telemetry.flushDueUptimeMs,
    startedAtUptimeMs + waitMs,
  );
  state.telemetry = {
    ...state.telemetry,
    startedAtUptimeMs,
    samples: [...samples, sampleOf(state, uptimeMs - startedAtUptimeMs)],
    sampleDueUptimeMs: uptimeMs + everySeconds * 1000,
    flushDueUptimeMs,
  };
  if (state.telemetry.samples.length >= MAX_SAMPLES_PER_BATCH) flush(turn);
}

function flush(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const { samples, startedAtUptimeMs, lastBatch } = state.telemetry;
  if (samples.length === 0) return;
  const sinceMs = uptimeMs - startedAtUptimeMs;
  const time = chipTime(state);
  const bytes = encodeTelemetry({
    ...time,
    uptimeMs: startedAtUptimeMs,
    clockMs: time.clockMs === 0 ? 0 : Math.max(0, time.clockMs - sinceMs),
    batch: lastBatch + 1,
    stateVersion: state.stateVersion,
    samples,
  });
  state.telemetry = { ...state.telemetry, samples: [], lastBatch: lastBatch + 1, flushDueUptimeMs: NEVER };
  if (state.link.phase === "up") publish(turn, "t", bytes);
  else store(turn, bytes);
}

function store(turn: Turn, bytes: Uint8Array): void {
  const { state } = turn;
  const stored = [...state.telemetry.stored, bytes];
  if (stored.length > STORED_BATCHES) {
    stored.shift();
    const telemetryBatches = state.discarded.telemetryBatches + 1;
    state.discarded = { ...state.discarded, telemetryBatches };
  }
  state.telemetry = { ...state.telemetry, stored };
}

function drain(turn: Turn): void {
  const { state, uptimeMs } = turn;
  const [oldest, ...stored] = state.telemetry.stored;
  if (oldest) publish(turn, "t", oldest);
  const drainDueUptimeMs = stored.length > 0 ? uptimeMs + DRAIN_EVERY_MS : NEVER;
  state.telemetry = { ...state.telemetry, stored, drainDueUptimeMs };
}
