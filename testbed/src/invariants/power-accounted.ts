import type { PowerSpan } from "../virtual/world-record.ts";
import type { Invariant } from "./invariant.ts";

/** Relay and record are in the same step. */
const TOLERANCE_MS = 100;
/** The chip writes its sums once a minute: a power cut may cost what came since. */
const POWER_CUT_TOLERANCE_MS = 60_000 + TOLERANCE_MS;

interface SessionRow {
  work_session_id: string;
  chip_id: string;
  status: string;
  energised_ms: number;
  arc_ms: number;
}

/** 3. Every second of power is accounted for on the platform once the chip has reconnected. */
export const powerAccounted: Invariant = {
  name: "every second of power accounted for",

  async checkPlatform({ machines, record }, platform) {
    const rows = await platform.read<SessionRow>(
      `select work_session_id, chip_id, status, energised_ms::float8 as energised_ms, arc_ms::float8 as arc_ms
       from work_sessions`,
    );
    const known = new Map(rows.map((row) => [row.work_session_id, row]));
    const caughtUp = new Set<string>(
      machines.filter(({ isCaughtUp }) => isCaughtUp).map(({ chipId }) => chipId),
    );
    const spans = record.spans.filter(
      ({ chipId, openedAtMs }) => openedAtMs !== undefined && caughtUp.has(chipId),
    );
    const powered = new Set(record.spans.map(({ workSessionId }) => workSessionId));
    return [
      ...spans.flatMap((span) => whatIsWrong(span, known.get(span.workSessionId))),
      ...rows.flatMap((row) =>
        caughtUp.has(row.chip_id) && row.energised_ms > 0 && !powered.has(row.work_session_id)
          ? [`${row.work_session_id} claims ${row.energised_ms} ms of power that never was`]
          : [],
      ),
    ];
  },
};

function whatIsWrong(span: PowerSpan, row: SessionRow | undefined): string[] {
  const { workSessionId, closedAtMs, openedAtMs, endedByPowerCut } = span;
  if (!row) return [`${workSessionId} had power and is not there`];
  if (row.status !== "ended") return [`${workSessionId} has no power and is still ${row.status}`];
  const trueMs = openedAtMs! - closedAtMs;
  const missingMs = trueMs - row.energised_ms;
  const mostMissingMs = endedByPowerCut ? POWER_CUT_TOLERANCE_MS : TOLERANCE_MS;
  if (missingMs > mostMissingMs || missingMs < -TOLERANCE_MS) {
    return [`${workSessionId} had power for ${trueMs} ms, the platform says ${row.energised_ms}`];
  }
  return row.arc_ms > row.energised_ms
    ? [`${workSessionId}: ${row.arc_ms} ms of arc in ${row.energised_ms} ms of power`]
    : [];
}
