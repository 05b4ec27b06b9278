import type { UplinkMessage } from "../broker/broker.ts";
import type { Batch } from "./frame.ts";
import type { StepContext } from "./steps.ts";

/** Sets a message aside with its reason, to be stored with the batch, and counts it. */
export function quarantine(
  ctx: Pick<StepContext, "newId" | "metrics">,
  batch: Pick<Batch, "quarantined">,
  message: UplinkMessage,
  reason: { code: string; field?: string },
): void {
  ctx.metrics.frames.inc({ channel: message.channel, fate: "quarantined" });
  ctx.metrics.quarantinedFrames.inc({ reason: reason.code });
  batch.quarantined.push({
    id: ctx.newId(),
    chipId: message.chipId,
    channel: message.channel,
    reason: reason.code,
    field: reason.field ?? null,
    payload: message.payload,
    receivedAtMs: message.receivedAtMs,
  });
}
