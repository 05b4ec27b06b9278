import type { EventKind } from "@hanyouxu/protocol";
import { raiseChipAlarms, raiseTemperatureAlarms } from "../../features/alarms/alarms.ts";
import { startOfBatchMs } from "../../features/telemetry/telemetry.ts";
import type { Batch } from "../frame.ts";
import type { Step } from "../steps.ts";

/** What must not go unseen: counted and logged; the twin holds the state, the event table the evidence. */
const DANGERS: ReadonlySet<EventKind> = new Set([
  "tamper",
  "bypass-suspected",
  "energy-unaccounted",
  "gas-warning",
  "gas-cut",
  "gas-sensor",
  "faulted",
  "peripheral-lost",
  "clock-stepped",
]);

/** Raises and clears alarms by what chips say and measure, in the same transaction: an alarm is as durable as its cause. */
export const raiseInterlocks: Step = async (ctx, tx, batch) => {
  for (const { chipId, event, machineId } of batch.events) {
    if (!DANGERS.has(event.kind)) continue;
    ctx.metrics.dangers.inc({ kind: event.kind });
    ctx.log.warn({ chipId, machineId, kind: event.kind, data: event.data }, "danger reported by a chip");
  }
  const byEvents = await raiseChipAlarms(ctx, tx, batch.events, batch.chips);
  const byReadings = await raiseTemperatureAlarms(ctx, tx, telemetryOf(batch));
  batch.hasAlarms = byEvents || byReadings;
};

function telemetryOf({ frames, chips }: Batch) {
  return frames.flatMap(({ message, body }) => {
    if (body.channel !== "t") return [];
    const chip = chips.get(message.chipId)!;
    const received = { receivedAtMs: message.receivedAtMs, clockSkewMs: chip.twin?.clockSkewMs ?? null };
    return [{ chip, batch: body.batch, startsAtMs: startOfBatchMs({ batch: body.batch, ...received }) }];
  });
}
