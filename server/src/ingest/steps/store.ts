import { storeEvents } from "../../features/chip-events/chip-events.ts";
import { saveEventCursors } from "../../features/chips/chips.ts";
import { quarantineFrames } from "../../features/quarantine/quarantine.ts";
import { type ReceivedBatch, storeTelemetry } from "../../features/telemetry/telemetry.ts";
import { saveTwins } from "../../features/twins/twins.ts";
import type { Step } from "../steps.ts";

/** Writes what the batch has become: a handful of statements whatever its size. */
export const store: Step = async (ctx, tx, batch) => {
  const telemetry: ReceivedBatch[] = [];
  for (const { message, body } of batch.frames) {
    if (body.channel === "t") {
      telemetry.push({
        chipId: message.chipId,
        batch: body.batch,
        payload: message.payload,
        receivedAtMs: message.receivedAtMs,
        clockSkewMs: batch.chips.get(message.chipId)?.twin?.clockSkewMs ?? null,
      });
      ctx.metrics.samples.inc(body.batch.samples.length);
    }
    if (body.channel !== "e") ctx.metrics.frames.inc({ channel: body.channel, fate: "taken" });
  }
  await storeEvents(tx, batch.events);
  await saveEventCursors(
    tx,
    [...batch.movedChips].map((chipId) => batch.chips.get(chipId)!),
  );
  await saveTwins(tx, batch.twins);
  await storeTelemetry(tx, telemetry);
  await quarantineFrames(tx, batch.quarantined);
};
