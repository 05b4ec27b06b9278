import { applyAnswerFrame, applyEvent, applyTelemetry } from "../../features/twins/twins.ts";
import type { Step } from "../steps.ts";

/** Folds what the frames say into the chips' twins, in the order of arrival. */
export const updateTwins: Step = (_ctx, _tx, batch) => {
  for (const { message, body } of batch.frames) {
    const chip = batch.chips.get(message.chipId)!;
    if (body.channel === "t") chip.twin = applyTelemetry(chip.twin, body.batch, message.receivedAtMs);
    else if (body.channel === "e") chip.twin = applyEvent(chip.twin, body.event, message.receivedAtMs);
    else chip.twin = applyAnswerFrame(chip.twin, body.answer, message.receivedAtMs);
    if (chip.twin) batch.twins.set(chip.chipId, chip.twin);
  }
};
