import type { ChipId } from "@hanyouxu/protocol";
import type { AppContext } from "../context.ts";
import { prepareCommand } from "../features/commands/commands.ts";
import { remindChips } from "../features/machines/machines.ts";
import type { Batch } from "./frame.ts";

type ReplyContext = Pick<AppContext, "clock" | "random" | "keys" | "broker" | "db" | "metrics" | "log">;

/**
 * What chips are told once the batch is durable: the time, how far their events are kept, what they missed. To one
 * chip in this order; a chip that cannot be told holds up no other.
 */
export async function reply(ctx: ReplyContext, batch: Batch): Promise<void> {
  const messages = new Map<ChipId, Uint8Array[]>();
  const say = (chipId: ChipId, bytes: Uint8Array) => {
    const own = messages.get(chipId);
    if (own) own.push(bytes);
    else messages.set(chipId, [bytes]);
  };
  for (const { command, bytes } of batch.commands) say(command.audience, bytes);
  for (const { chipId, nonce } of batch.hellos) {
    say(chipId, prepareCommand(ctx, chipId, { kind: "time", platformMs: ctx.clock.nowMs(), nonce }).bytes);
    batch.acknowledge.add(chipId);
  }
  for (const chipId of batch.acknowledge) {
    const bytes = acknowledgementOf(ctx, batch, chipId);
    if (bytes) say(chipId, bytes);
  }
  await Promise.all([...messages].map(([chipId, own]) => sayAll(ctx, chipId, own)));
  await remindChips(ctx, [...new Set(batch.hellos.map(({ chipId }) => chipId))]);
}

/** Cumulative, end to end: everything up to (boot, seq) is committed and may leave the chip's flash. */
function acknowledgementOf(ctx: ReplyContext, batch: Batch, chipId: ChipId): Uint8Array | undefined {
  const chip = batch.chips.get(chipId);
  if (!chip || chip.eventBoot === 0) return undefined;
  const { eventBoot: boot, eventSeq: seq } = chip;
  return prepareCommand(ctx, chipId, { kind: "acknowledgement", boot, seq }).bytes;
}

/** What cannot be said now is asked for again by the chip: it repeats what was not acknowledged. */
async function sayAll(ctx: ReplyContext, chipId: ChipId, messages: readonly Uint8Array[]): Promise<void> {
  try {
    for (const bytes of messages) await ctx.broker.publish(chipId, bytes);
  } catch (error) {
    ctx.metrics.replyFailures.inc();
    ctx.log.warn({ err: error, chipId }, "chip not answered");
  }
}
