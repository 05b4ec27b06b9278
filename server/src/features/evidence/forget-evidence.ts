import type { AppContext } from "../../context.ts";
import { deletePhotoFiles } from "../photos/photos.ts";
import { CHALLENGE_UPLOAD_MS } from "./challenge.ts";
import { deleteStale, deleteUnanswered } from "./check-queries.ts";

/** What no record rests on a week after it arrived, refused or accepted, is forgotten. */
const UNUSED_KEPT_MS = 7 * 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 100;

/** Uploads that were not finished, pictures that nothing rests on, challenges that nobody can answer any more. */
export async function forgetEvidence(ctx: Pick<AppContext, "db" | "clock" | "blobs" | "log">): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const due = {
    now: new Date(nowMs),
    unusedBefore: new Date(nowMs - UNUSED_KEPT_MS),
    limit: FORGOTTEN_AT_ONCE,
  };
  const blobIds = await ctx.db.transaction().execute((tx) => deleteStale(tx, due));
  await deletePhotoFiles(ctx, blobIds);
  await deleteUnanswered(ctx.db, new Date(nowMs - CHALLENGE_UPLOAD_MS), FORGOTTEN_AT_ONCE);
}
