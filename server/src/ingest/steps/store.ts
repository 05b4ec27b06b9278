import { writeTogether } from "../../db/bulk.ts";
import { eventsToStore } from "../../features/chip-events/chip-events.ts";
import { eventCursorsToSave } from "../../features/chips/chips.ts";
import { acceptancesToRecord } from "../../features/commands/commands.ts";
import { placesToSave } from "../../features/places/places.ts";
import { quarantineFrames } from "../../features/quarantine/quarantine.ts";
import { type ReceivedBatch, telemetryToStore } from "../../features/telemetry/telemetry.ts";
import { twinsToSave } from "../../features/twins/twins.ts";
import type { Step } from "../steps.ts";

/** Writes what the batch has become: one statement whatever its size. */
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
  await writeTogether(tx, [
    eventsToStore(batch.events),
    eventCursorsToSave([...batch.movedChips].map((chipId) => batch.chips.get(chipId)!)),
    acceptancesToRecord(batch.acceptances),
    twinsToSave(batch.twins),
    telemetryToStore(telemetry),
    ...placesToSave(batch.places),
  ]);
  await quarantineFrames(tx, batch.quarantined);
};
