import type { Answer, ChipId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import {
  type AnsweredCommand,
  countCommandsOfSession,
  prepareCommand,
  recordAnswer,
  recordCommand,
} from "../../features/commands/commands.ts";
import { applyGrantRefusal } from "../../features/work-sessions/work-sessions.ts";
import type { Batch } from "../frame.ts";
import type { Step, StepContext } from "../steps.ts";

/** A grant decided on an older state of the chip is sent once more on the newer one; the chip checks it all again. */
const MAX_GRANTS_PER_SESSION = 3;

/** Matches answers to commands, ends sessions whose grant the chip refused, and notes who said hello. */
export const matchAnswers: Step = async (ctx, tx, batch) => {
  for (const { message, body } of batch.frames) {
    if (body.channel !== "a") continue;
    const { chipId, receivedAtMs } = message;
    if (body.answer.kind === "hello") {
      batch.hellos.push({ chipId, nonce: body.answer.nonce, boot: body.answer.boot });
    } else if (body.answer.kind === "answer") {
      await matchAnswer(ctx, tx, batch, chipId, body.answer, receivedAtMs);
    }
  }
};

async function matchAnswer(
  ctx: StepContext,
  tx: Kysely<Tables>,
  batch: Batch,
  chipId: ChipId,
  answer: Answer,
  receivedAtMs: number,
): Promise<void> {
  ctx.metrics.commandAnswers.inc({ result: answer.result });
  const answered = await recordAnswer(tx, chipId, answer.commandId, answer.result, receivedAtMs);
  if (answered?.command.kind !== "grant" || !answered.workSessionId || answer.result === "accepted") return;
  if (answer.result === "state-changed" && (await grantAgain(ctx, tx, batch, answered, answer.stateVersion)))
    return;
  if (await applyGrantRefusal(tx, answered.workSessionId, answer.result, receivedAtMs)) {
    batch.changedSessions.add(answered.workSessionId);
  }
}

async function grantAgain(
  ctx: StepContext,
  tx: Kysely<Tables>,
  batch: Batch,
  { command, workSessionId }: AnsweredCommand,
  stateVersion: number,
): Promise<boolean> {
  const secondsLeft = command.acceptBySeconds - Math.floor(ctx.clock.nowMs() / 1000);
  if (
    secondsLeft < 1 ||
    (await countCommandsOfSession(tx, workSessionId!, "grant")) >= MAX_GRANTS_PER_SESSION
  ) {
    return false;
  }
  const { audience, commandId, acceptBySeconds, expectedStateVersion, ...body } = command;
  const again = prepareCommand(ctx, audience, body, {
    acceptSeconds: secondsLeft,
    expectedStateVersion: stateVersion,
  });
  await recordCommand(tx, again, ctx.clock.nowMs(), workSessionId);
  batch.commands.push(again);
  return true;
}
