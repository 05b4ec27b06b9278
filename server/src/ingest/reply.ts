import type { ChipId } from "@hanyouxu/protocol";
import type { AppContext } from "../context.ts";
import { prepareCommand } from "../features/commands/commands.ts";
import { remindChip } from "../features/machines/machines.ts";
import type { Batch } from "./frame.ts";

type ReplyContext = Pick<AppContext, "clock" | "random" | "keys" | "broker" | "db" | "metrics" | "log">;

/** What chips are told once the batch is durable: the time, how far their events are kept, what they missed. */
export async function reply(ctx: ReplyContext, batch: Batch): Promise<void> {
  for (const { command, bytes } of batch.commands) await ctx.broker.publish(command.audience, bytes);
  for (const { chipId, nonce } of batch.hellos) {
    const time = prepareCommand(ctx, chipId, { kind: "time", platformMs: ctx.clock.nowMs(), nonce });
    await ctx.broker.publish(chipId, time.bytes);
    batch.acknowledge.add(chipId);
  }
  for (const chipId of batch.acknowledge) await acknowledge(ctx, batch, chipId);
  for (const { chipId } of batch.hellos) await remindChip(ctx, chipId);
}

/** Cumulative, end to end: everything up to (boot, seq) is committed and may leave the chip's flash. */
async function acknowledge(ctx: ReplyContext, batch: Batch, chipId: ChipId): Promise<void> {
  const chip = batch.chips.get(chipId);
  if (!chip || chip.eventBoot === 0) return;
  const { bytes } = prepareCommand(ctx, chipId, {
    kind: "acknowledgement",
    boot: chip.eventBoot,
    seq: chip.eventSeq,
  });
  await ctx.broker.publish(chipId, bytes);
}
