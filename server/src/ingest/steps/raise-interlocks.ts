import type { EventKind } from "@hanyouxu/protocol";
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

export const raiseInterlocks: Step = (ctx, _tx, batch) => {
  for (const { chipId, event, machineId } of batch.events) {
    if (!DANGERS.has(event.kind)) continue;
    ctx.metrics.dangers.inc({ kind: event.kind });
    ctx.log.warn({ chipId, machineId, kind: event.kind, data: event.data }, "danger reported by a chip");
  }
};
