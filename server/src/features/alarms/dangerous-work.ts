import { followLevel } from "./follow-level.ts";
import { selectAbsentWatches, selectWorkConflicts } from "./level-queries.ts";
import type { AlarmContext } from "./store-step.ts";

/** Raises and clears what is looked at and not told: fire watches that are absent, works too near each other. */
export async function followDangerousWork(ctx: AlarmContext): Promise<void> {
  await followLevel(ctx, "fire-watch-absent", selectAbsentWatches);
  await followLevel(ctx, "simultaneous-work", selectWorkConflicts);
}
