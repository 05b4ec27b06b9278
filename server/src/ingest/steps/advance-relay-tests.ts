import { applyRelayTestNews } from "../../features/installations/installations.ts";
import type { Step } from "../steps.ts";

/** Carries an installer's relay tests forward; batches without a session event or a refusal ask the database nothing. */
export const advanceRelayTests: Step = async (_ctx, tx, batch) => {
  const answers = batch.frames.flatMap(({ message, body }) =>
    body.channel === "a" &&
    (body.answer.kind === "answer" || body.answer.kind === "postponed") &&
    isRefusal(body.answer.result)
      ? [{ chipId: message.chipId, commandId: body.answer.commandId, result: body.answer.result }]
      : [],
  );
  await applyRelayTestNews(tx, {
    events: batch.events,
    answers,
    workSessionIds: batch.changedSessions,
    spkiOf: (chipId) => batch.chips.get(chipId)?.spki,
  });
};

function isRefusal(result: string): boolean {
  // A copy of what the chip had answered before says nothing new.
  return result !== "accepted" && result !== "replayed";
}
