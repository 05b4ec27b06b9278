import { followSamples } from "../../features/places/places.ts";
import { startOfBatchMs } from "../../features/telemetry/telemetry.ts";
import type { Step } from "../steps.ts";

/**
 * Follows machines into and out of key areas by their samples, at the samples' own times. Asks the database nothing: what
 * is remembered of a machine came with its chip, and is stored with the batch where it has changed.
 */
export const place: Step = (ctx, _tx, batch) => {
  for (const { message, body } of batch.frames) {
    if (body.channel !== "t") continue;
    const chip = batch.chips.get(message.chipId)!;
    if (!chip.machineId) continue;
    const received = {
      batch: body.batch,
      receivedAtMs: message.receivedAtMs,
      clockSkewMs: chip.twin?.clockSkewMs ?? null,
    };
    chip.placeMemory = followSamples(
      ctx.watchedAreas,
      {
        machineId: chip.machineId,
        memory: chip.placeMemory,
        lastPlace: chip.lastPlace,
        batch: body.batch,
        startsAtMs: startOfBatchMs(received),
      },
      batch.places,
    );
  }
  for (const { change } of batch.places.changes) ctx.metrics.placeChanges.inc({ kind: change.kind });
  if (batch.places.strange > 0) ctx.metrics.strangeFixes.inc(batch.places.strange);
};
