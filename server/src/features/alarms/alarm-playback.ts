import type { AlarmPlayback } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { playedSamples, samplesBetween } from "../telemetry/telemetry.ts";
import type { AlarmRow } from "./list-queries.ts";

const MINUTE_MS = 60_000;

/** Where the machine was and what its chip measured around an alarm. */
export async function playBack(
  { db }: Pick<AppContext, "db">,
  row: Pick<AlarmRow, "chip_id" | "occurred_at">,
  { minutesBefore, minutesAfter }: { minutesBefore: number; minutesAfter: number },
): Promise<AlarmPlayback> {
  const { chip_id: chipId, occurred_at } = row;
  const from = new Date(occurred_at.getTime() - minutesBefore * MINUTE_MS);
  const to = new Date(occurred_at.getTime() + minutesAfter * MINUTE_MS);
  const measured = chipId === null ? [] : await samplesBetween(db, chipId, from, to);
  return {
    chipId,
    occurredAt: occurred_at.toISOString(),
    from: from.toISOString(),
    to: to.toISOString(),
    ...playedSamples(measured, from, to),
  };
}
