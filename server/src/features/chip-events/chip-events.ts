import type { ChipEvent, ChipId, ChipTime, MachineId, WorkSessionId } from "@hanyouxu/protocol";
import { bytesToHex } from "@hanyouxu/protocol";
import { type RawBuilder, sql } from "kysely";
import { base64Of, recordset } from "../../db/bulk.ts";

/** An event taken in order, with what the platform knows besides. */
export interface TakenEvent {
  chipId: ChipId;
  event: ChipEvent;
  raw: Uint8Array;
  machineId: MachineId | null;
  occurredAtMs: number;
  receivedAtMs: number;
  chainIntact: boolean;
}

/**
 * When something happened, in platform time: by the chip's clock, corrected by the skew measured when it last spoke.
 * Skew is corrected, never a reason to drop. Without a clock the arrival is the best there is.
 */
export function occurredAtMs(
  time: Pick<ChipTime, "clockMs" | "clockTrust">,
  receivedAtMs: number,
  clockSkewMs: number | null,
): number {
  if (time.clockTrust === "unknown") return receivedAtMs;
  const isSkewed = clockSkewMs !== null && Math.abs(clockSkewMs) > 2_000 && time.clockTrust !== "verified";
  return Math.min(time.clockMs + (isSkewed ? clockSkewMs : 0), receivedAtMs);
}

/** The session an event belongs to, where its kind names one. */
export function workSessionOf(event: ChipEvent): WorkSessionId | null {
  return "workSessionId" in event.data ? event.data.workSessionId : null;
}

export function eventsToStore(events: readonly TakenEvent[]): RawBuilder<unknown> | undefined {
  if (events.length === 0) return undefined;
  const rows = events.map(({ event, ...taken }) => ({
    chip_id: taken.chipId,
    boot: event.boot,
    seq: event.seq,
    kind: event.kind,
    data: jsonDataOf(event),
    uptime_ms: event.uptimeMs,
    clock_trust: event.clockTrust,
    occurred_at: new Date(taken.occurredAtMs).toISOString(),
    received_at: new Date(taken.receivedAtMs).toISOString(),
    state_version: event.stateVersion,
    machine_id: taken.machineId,
    work_session_id: workSessionOf(event),
    chain_intact: taken.chainIntact,
    raw: base64Of(taken.raw),
  }));
  return sql`
    insert into chip_events (chip_id, boot, seq, kind, data, uptime_ms, clock_trust, occurred_at, received_at,
                             state_version, machine_id, work_session_id, chain_intact, raw)
    select chip_id, boot, seq, kind, data, uptime_ms, clock_trust, occurred_at, received_at,
           state_version, machine_id, work_session_id, chain_intact, decode(raw, 'base64')
    from ${recordset(
      rows,
      `chip_id text, boot bigint, seq bigint, kind text, data jsonb, uptime_ms bigint, clock_trust text,
       occurred_at timestamptz, received_at timestamptz, state_version bigint, machine_id uuid, work_session_id uuid,
       chain_intact boolean, raw text`,
    )}
    on conflict do nothing`;
}

function jsonDataOf(event: ChipEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event.data).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? bytesToHex(value) : value,
    ]),
  );
}
