import {
  bytesToHex,
  type ChipId,
  COMMAND_ID_BYTES,
  type Command,
  type CommandBody,
  type CommandResult,
  signCommand,
  type WorkSessionId,
} from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { CommandsTable, Tables } from "../../db/tables.ts";
import { insertCommand, markAnswered } from "./queries.ts";

/** A command not taken within this time is void; a chip that comes back gets a new one if it is still wanted. */
export const DEFAULT_ACCEPT_SECONDS = 60;

export interface PreparedCommand {
  command: Command;
  bytes: Uint8Array;
}

export interface CommandOptions {
  acceptSeconds?: number;
  expectedStateVersion?: number | null;
}

/** Signs a command for one chip. It counts only once `recordCommand` is committed and the broker has taken it. */
export function prepareCommand(
  ctx: Pick<AppContext, "clock" | "random" | "keys">,
  chipId: ChipId,
  body: CommandBody,
  { acceptSeconds = DEFAULT_ACCEPT_SECONDS, expectedStateVersion = null }: CommandOptions = {},
): PreparedCommand {
  const command: Command = {
    ...body,
    audience: chipId,
    commandId: bytesToHex(ctx.random(COMMAND_ID_BYTES)),
    acceptBySeconds: Math.floor(ctx.clock.nowMs() / 1000) + acceptSeconds,
    expectedStateVersion,
  };
  return { command, bytes: signCommand(command, ctx.keys.signer) };
}

/** What was said to the chip is kept, so that its answer can be matched and a retry made. */
export function commandRow(
  { command }: PreparedCommand,
  sentAtMs: number,
  workSessionId: WorkSessionId | null,
): Insertable<CommandsTable> {
  return {
    command_id: command.commandId,
    chip_id: command.audience,
    kind: command.kind,
    work_session_id: workSessionId,
    body: JSON.stringify(command),
    sent_at: new Date(sentAtMs),
    accept_by: new Date(command.acceptBySeconds * 1000),
    result: null,
    answered_at: null,
  };
}

export async function recordCommand(
  tx: Kysely<Tables>,
  prepared: PreparedCommand,
  sentAtMs: number,
  workSessionId: WorkSessionId | null,
): Promise<void> {
  await insertCommand(tx, commandRow(prepared, sentAtMs, workSessionId));
}

/**
 * Records and sends in one go, for commands that stand alone. A broker that does not take it now is no failure: what
 * is wanted is stored, and the chip is reminded when it connects or by the sweep.
 */
export async function sendCommand(
  ctx: Pick<AppContext, "clock" | "random" | "keys" | "db" | "broker" | "metrics" | "log">,
  chipId: ChipId,
  body: CommandBody,
  options: CommandOptions & { workSessionId?: WorkSessionId } = {},
): Promise<string> {
  const prepared = prepareCommand(ctx, chipId, body, options);
  await recordCommand(ctx.db, prepared, ctx.clock.nowMs(), options.workSessionId ?? null);
  try {
    await ctx.broker.publish(chipId, prepared.bytes);
  } catch (error) {
    ctx.metrics.undeliveredCommands.inc({ kind: body.kind });
    ctx.log.warn({ err: error, chipId, kind: body.kind }, "command not taken by the broker");
  }
  return prepared.command.commandId;
}

export interface AnsweredCommand {
  command: Command;
  result: CommandResult;
  workSessionId: WorkSessionId | null;
}

/** Notes a chip's answer; undefined for a command that is unknown, another chip's, or answered before. */
export async function recordAnswer(
  tx: Kysely<Tables>,
  chipId: ChipId,
  commandId: string,
  result: CommandResult,
  answeredAtMs: number,
): Promise<AnsweredCommand | undefined> {
  const row = await markAnswered(tx, chipId, commandId, result, new Date(answeredAtMs));
  return row && { command: row.body as Command, result, workSessionId: row.work_session_id };
}

export { type Acceptance, acceptancesToRecord, mayGrantAgain } from "./queries.ts";
