import type { Answer, ChipId, Postponement } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import {
  type AnsweredCommand,
  mayGrantAgain,
  prepareCommand,
  recordAnswer,
  recordCommand,
} from "../../features/commands/commands.ts";
import { applyGrantRefusal, applyUnknownSession } from "../../features/work-sessions/work-sessions.ts";
import type { Batch } from "../frame.ts";
import type { Step, StepContext } from "../steps.ts";

/** A grant decided on an older state of the chip is sent once more on the newer one; the chip checks it all again. */
const MAX_GRANTS_PER_SESSION = 3;

/** Matches answers to commands, ends sessions that the chip refused or does not know, and notes who said hello. */
export const matchAnswers: Step = async (ctx, tx, batch) => {
  for (const { message, body } of batch.frames) {
    if (body.channel !== "a") continue;
    const { chipId, receivedAtMs } = message;
    if (body.answer.kind === "hello") {
      batch.hellos.push({ chipId, nonce: body.answer.nonce, boot: body.answer.boot });
    } else if (body.answer.kind === "answer" || body.answer.kind === "postponed") {
      await matchAnswer(ctx, tx, batch, chipId, body.answer, receivedAtMs);
    }
  }
};

async function matchAnswer(
  ctx: StepContext,
  tx: Kysely<Tables>,
  batch: Batch,
  chipId: ChipId,
  answer: Answer | Postponement,
  receivedAtMs: number,
): Promise<void> {
  ctx.metrics.commandAnswers.inc({ result: answer.result });
  // A copy of what the chip had answered before; that answer counts.
  if (answer.result === "replayed") return;
  const { commandId, result } = answer;
  // The first word counts.
  if (batch.acceptances.some((before) => before.commandId === commandId && before.chipId === chipId)) return;
  if (result === "accepted") {
    batch.acceptances.push({ chipId, commandId, atMs: receivedAtMs });
    return;
  }
  const answered = await recordAnswer(tx, chipId, commandId, result, receivedAtMs);
  if (!answered?.workSessionId) return;
  const { command, workSessionId } = answered;
  let isChanged = false;
  if (command.kind === "grant") {
    const isLate = answer.result === "state-changed";
    if (isLate && (await grantAgain(ctx, tx, batch, answered, answer.stateVersion))) return;
    const readyInSeconds = answer.kind === "postponed" ? answer.readyInSeconds : null;
    isChanged = await applyGrantRefusal(tx, workSessionId, answer.result, receivedAtMs, readyInSeconds);
  } else if (command.kind === "revoke" && answer.result === "unknown-session" && !answer.relayClosed) {
    isChanged = await applyUnknownSession(tx, workSessionId, receivedAtMs);
  }
  if (isChanged) batch.changedSessions.add(workSessionId);
}

async function grantAgain(
  ctx: StepContext,
  tx: Kysely<Tables>,
  batch: Batch,
  { command, workSessionId }: AnsweredCommand,
  stateVersion: number,
): Promise<boolean> {
  const secondsLeft = command.acceptBySeconds - Math.floor(ctx.clock.nowMs() / 1000);
  if (secondsLeft < 1 || !(await mayGrantAgain(tx, workSessionId!, MAX_GRANTS_PER_SESSION))) return false;
  const { audience, commandId, acceptBySeconds, expectedStateVersion, ...body } = command;
  const again = prepareCommand(ctx, audience, body, {
    acceptSeconds: secondsLeft,
    expectedStateVersion: stateVersion,
  });
  await recordCommand(tx, again, ctx.clock.nowMs(), workSessionId);
  batch.commands.push(again);
  return true;
}
