import { loadChipsForUpdate } from "../../features/chips/chips.ts";
import { quarantine } from "../quarantine.ts";
import type { Step } from "../steps.ts";

/**
 * The broker has bound the connection to the chip's certificate; here the chip must also be enrolled and not revoked.
 * Loads and locks the chips of the batch.
 */
export const authenticate: Step = async (ctx, tx, batch) => {
  const chipIds = [...new Set(batch.frames.map((frame) => frame.message.chipId))];
  batch.chips = await loadChipsForUpdate(tx, chipIds);
  batch.frames = batch.frames.filter(({ message }) => {
    const chip = batch.chips.get(message.chipId);
    if (chip && !chip.isRevoked) return true;
    quarantine(ctx, batch, message, { code: chip ? "chip-revoked" : "chip-unknown" });
    return false;
  });
};
