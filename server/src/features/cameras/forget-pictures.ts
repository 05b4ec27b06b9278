import { type CameraPolicy, cameraPolicyFields } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { cameraPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import { deletePhotoFiles } from "../photos/photos.ts";
import {
  deleteLive,
  deleteUnfinished,
  type ForgetDue,
  forgetClips,
  forgetDuePictures,
  selectFilmedRegions,
} from "./forget-queries.ts";

/** What somebody has watched is nobody's record. */
const LIVE_KEPT_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 200;

type ForgetContext = Pick<AppContext, "db" | "clock" | "blobs" | "log" | "audit">;

/** Pictures for who watched, and those that did not arrive. */
export async function forgetPassingPictures(ctx: ForgetContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const blobIds = await deleteLive(ctx.db, new Date(nowMs - LIVE_KEPT_MS), FORGOTTEN_AT_ONCE);
  await deleteUnfinished(ctx.db, new Date(nowMs), FORGOTTEN_AT_ONCE);
  await deletePhotoFiles(ctx, blobIds);
}

/**
 * Pictures and clips whose time is over by the numbers of their region. An alarm that is open holds what was taken around
 * it. What the chip had signed of a picture stays, with the version of the numbers by which it was forgotten.
 */
export async function forgetPictures(ctx: ForgetContext): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  let forgotten = 0;
  for (const region of await selectFilmedRegions(ctx.db, new Date(nowMs - LEAST_KEPT_DAYS * DAY_MS))) {
    const policy = cameraPolicyFrom(await storedPolicyOf(ctx.db, region, nowMs));
    const due: ForgetDue = {
      region,
      now: new Date(nowMs),
      limit: FORGOTTEN_AT_ONCE,
      ...limitsOf(policy, nowMs),
    };
    const blobIds = await ctx.db.transaction().execute(async (tx) => {
      const pictures = await forgetDuePictures(tx, due);
      const clips = await forgetClips(tx, due);
      if (pictures.length + clips.length > 0) {
        await ctx.audit.record(tx, {
          actor: "system",
          action: "camera.forgotten",
          subject: `region:${region}`,
          details: { pictures: pictures.length, clips: clips.length, policyVersion: policy.version },
        });
      }
      return [...pictures, ...clips];
    });
    await deletePhotoFiles(ctx, blobIds);
    forgotten += blobIds.length;
  }
  return forgotten;
}

const LEAST_KEPT_DAYS = Math.min(cameraPolicyFields.pictureDays.min, cameraPolicyFields.videoDays.min);

function limitsOf(policy: CameraPolicy, nowMs: number) {
  return {
    version: policy.version,
    picturesBefore: new Date(nowMs - policy.pictureDays * DAY_MS),
    videoBefore: new Date(nowMs - policy.videoDays * DAY_MS),
  };
}
