import type { AppContext } from "../../context.ts";
import { Unreachable } from "../../outbound/unreachable.ts";
import { openSealedPicture } from "../photos/photos.ts";
import { noteDetection, noteUndetected, selectUnseen } from "./detection-queries.ts";

const ASKED_AT_ONCE = 4;
const ATTEMPTS = 5;

type LookContext = Pick<AppContext, "db" | "blobs" | "personalData" | "frameDetector" | "log">;

/** Shows pictures that have come to the program that looks for people and dangers, the oldest first; without one, none. */
export async function askFrameDetector(ctx: LookContext): Promise<number> {
  const { frameDetector } = ctx;
  if (!frameDetector) return 0;
  const rows = await selectUnseen(ctx.db, ASKED_AT_ONCE);
  for (const row of rows) {
    const bytes = await openSealedPicture(ctx, row.blob_id!, row.key_ciphertext!);
    try {
      const detection = await frameDetector.detect({
        pictureId: row.picture_id,
        takenAtMs: row.taken_at.getTime(),
        widthPixels: row.width_pixels,
        heightPixels: row.height_pixels,
        bytes,
      });
      await noteDetection(ctx.db, row.picture_id, detection);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      ctx.log.warn({ err: error, pictureId: row.picture_id }, "frame detector not reached");
      await noteUndetected(ctx.db, row.picture_id, ATTEMPTS);
    }
  }
  return rows.length;
}
