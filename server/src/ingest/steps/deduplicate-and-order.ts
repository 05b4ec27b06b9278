import { bytesEqual, type ChipEvent, GENESIS_HASH } from "@hanyouxu/protocol";
import { occurredAtMs } from "../../features/chip-events/chip-events.ts";
import type { LoadedChip } from "../../features/chips/chips.ts";
import type { Fate, Frame } from "../frame.ts";
import type { Step, StepContext } from "../steps.ts";

/**
 * Takes each event once and in the chip's own order, by (boot, seq) and by the link to the one before. A repeated one
 * is acknowledged again, one that is beyond a gap is left to be sent again: the chip keeps everything until the
 * acknowledgement reaches it.
 */
export const deduplicateAndOrder: Step = (ctx, _tx, batch) => {
  batch.frames = batch.frames.filter((frame) => {
    if (frame.body.channel !== "e") return true;
    const chip = batch.chips.get(frame.message.chipId)!;
    const fate = admit(chip, frame.body.event, frame.message.receivedAtMs);
    ctx.metrics.frames.inc({ channel: "e", fate });
    batch.acknowledge.add(chip.chipId);
    if (fate === "duplicate") return false;
    batch.movedChips.add(chip.chipId);
    if (fate === "ahead") return false;
    batch.events.push(takeEvent(ctx, chip, frame));
    return true;
  });
};

/**
 * A gap that is still there after the chip has sent everything it holds so many times, for so long, will never be
 * filled. Often alone would not do: copies and two servers can show an event many times before the one before it.
 */
const HOPELESS = { sightings: 4, afterMs: 120_000 };

/** Where an event stands relative to the last one taken; remembers what is seen beyond a gap. */
export function admit(
  chip: Pick<LoadedChip, "eventBoot" | "eventSeq" | "eventHash" | "gap">,
  event: Pick<ChipEvent, "boot" | "seq" | "previousHash">,
  receivedAtMs: number,
): Fate {
  const isBefore = event.boot < chip.eventBoot;
  if (isBefore || (event.boot === chip.eventBoot && event.seq <= chip.eventSeq)) return "duplicate";
  const isNextInBoot = event.boot === chip.eventBoot && event.seq === chip.eventSeq + 1;
  const isFirstOfBoot = event.boot > chip.eventBoot && event.seq === 1;
  // A new boot's first event proves by its link that nothing of the boot before is missing.
  if (isNextInBoot || (isFirstOfBoot && isLinked(chip, event))) return "taken";
  const { gap } = chip;
  const { boot, seq } = event;
  if (gap && gap.boot === boot && gap.seq === seq) {
    chip.gap = { ...gap, sightings: gap.sightings + 1 };
    const isHopeless =
      chip.gap.sightings >= HOPELESS.sightings && receivedAtMs - gap.sinceMs >= HOPELESS.afterMs;
    return isHopeless ? "taken" : "ahead";
  }
  const isLower = !gap || boot < gap.boot || (boot === gap.boot && seq < gap.seq);
  if (isLower) chip.gap = { boot, seq, sightings: 1, sinceMs: receivedAtMs };
  return "ahead";
}

function isLinked(chip: Pick<LoadedChip, "eventHash">, event: Pick<ChipEvent, "previousHash">): boolean {
  return bytesEqual(chip.eventHash ?? GENESIS_HASH, event.previousHash);
}

function takeEvent(ctx: StepContext, chip: LoadedChip, { message, body }: Frame) {
  const { event, hash } = body as Extract<Frame["body"], { channel: "e" }>;
  const chainIntact = isLinked(chip, event);
  if (!chainIntact) {
    // Evidence is kept whatever it looks like; that it does not fit is part of the evidence.
    chip.chainBreaks++;
    ctx.metrics.chainBreaks.inc();
    ctx.log.warn({ chipId: chip.chipId, boot: event.boot, seq: event.seq }, "event chain broken");
  }
  Object.assign(chip, { eventBoot: event.boot, eventSeq: event.seq, eventHash: hash });
  chip.gap = null;
  return {
    chipId: chip.chipId,
    event,
    raw: message.payload,
    machineId: chip.machineId,
    occurredAtMs: occurredAtMs(event, message.receivedAtMs, chip.twin?.clockSkewMs ?? null),
    receivedAtMs: message.receivedAtMs,
    chainIntact,
  };
}
