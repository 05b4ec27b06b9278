import type { ChipId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";
import { openSealedPicture } from "../photos/photos.ts";
import {
  countWatchers,
  endIdleWatches,
  findLiveFrame,
  findWatch,
  insertWatch,
  noteAsked,
  noteEnded,
  noteTold,
} from "./watch-queries.ts";

/** Nobody watches longer without saying again why. */
const WATCH_MS = 5 * 60_000;
/** Who has not asked for so long has gone. */
export const IDLE_MS = 15_000;
/** The chip films for so long on one word, and gets the next before that is over. */
const CHIP_SECONDS = 20;
const TELL_EVERY_MS = 10_000;
const FRAME_EVERY_MS = 500;
const MOST_WATCHERS = 4;
/** An older picture is no picture of now. */
const FRAME_FRESH_MS = 30_000;

type WatchContext = Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "keys"
  | "broker"
  | "metrics"
  | "log"
  | "newId"
  | "audit"
  | "blobs"
  | "personalData"
>;

export interface WatchedCamera {
  camera_id: string;
  camera_number: number;
  machine_id: string;
  chip_id: ChipId | null;
}

/** Begins to watch; written down with its reason before the first picture. @throws AppError camera.no_chip | camera.too_many_watchers */
export async function startWatch(
  ctx: WatchContext,
  camera: WatchedCamera,
  personId: PersonId,
  reason: string,
): Promise<{ watchId: string; endsAt: Date }> {
  const { chip_id: chipId } = camera;
  if (!chipId) throw new AppError("camera.no_chip");
  const nowMs = ctx.clock.nowMs();
  const now = new Date(nowMs);
  const watchId = ctx.newId();
  const endsAt = new Date(nowMs + WATCH_MS);
  await ctx.db.transaction().execute(async (tx) => {
    if ((await countWatchers(tx, camera.camera_id, new Date(nowMs - IDLE_MS))) >= MOST_WATCHERS) {
      throw new AppError("camera.too_many_watchers");
    }
    await insertWatch(tx, {
      watch_id: watchId,
      camera_id: camera.camera_id,
      person_id: personId,
      reason,
      started_at: now,
      asked_at: now,
      told_at: now,
      ends_at: endsAt,
    });
    await ctx.audit.record(tx, {
      actor: personId,
      action: "camera.watched",
      subject: `machine:${camera.machine_id}`,
      details: { watchId, cameraNumber: camera.camera_number, reason },
    });
  });
  await tellChip(ctx, chipId, camera.camera_number, CHIP_SECONDS);
  return { watchId, endsAt };
}

/**
 * The newest picture after the one that the page has; undefined for none. Asking is what keeps the camera filming.
 * @throws AppError camera.watch_not_found | camera.watch_over
 */
export async function nextFrame(
  ctx: WatchContext,
  watchId: string,
  personId: PersonId,
  after: string | undefined,
): Promise<{ pictureId: string; bytes: Uint8Array } | undefined> {
  const watch = await ownWatch(ctx, watchId, personId);
  const nowMs = ctx.clock.nowMs();
  const isGone = nowMs - watch.asked_at.getTime() > IDLE_MS;
  if (watch.ended_at || isGone || watch.ends_at.getTime() <= nowMs) throw new AppError("camera.watch_over");
  if (watch.chip_id && nowMs - (watch.told_at?.getTime() ?? 0) >= TELL_EVERY_MS) {
    await noteTold(ctx.db, watchId, new Date(nowMs));
    await tellChip(ctx, watch.chip_id, watch.camera_number, CHIP_SECONDS);
  }
  const since = new Date(Math.max(watch.started_at.getTime(), nowMs - FRAME_FRESH_MS));
  const frame = await findLiveFrame(ctx.db, watch.camera_id, since);
  const isNew = frame !== undefined && frame.picture_id !== after;
  await noteAsked(ctx.db, watchId, new Date(nowMs), isNew ? 1 : 0);
  if (!isNew) return undefined;
  return {
    pictureId: frame.picture_id,
    bytes: await openSealedPicture(ctx, frame.blob_id!, frame.key_ciphertext!),
  };
}

/** @throws AppError camera.watch_not_found */
export async function endWatch(ctx: WatchContext, watchId: string, personId: PersonId): Promise<void> {
  const watch = await ownWatch(ctx, watchId, personId);
  const nowMs = ctx.clock.nowMs();
  await noteEnded(ctx.db, watchId, new Date(nowMs));
  const left = await countWatchers(ctx.db, watch.camera_id, new Date(nowMs - IDLE_MS));
  if (left === 0 && watch.chip_id) await tellChip(ctx, watch.chip_id, watch.camera_number, 0);
}

/** Those that nobody asks for any more, or whose time is over. */
export async function endWatches(ctx: Pick<AppContext, "db" | "clock">): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  await endIdleWatches(ctx.db, new Date(nowMs), new Date(nowMs - IDLE_MS));
}

/** One's own: of somebody else's nobody learns that it is there. */
async function ownWatch(ctx: Pick<AppContext, "db">, watchId: string, personId: PersonId) {
  const watch = await findWatch(ctx.db, watchId);
  if (watch?.person_id !== personId) throw new AppError("camera.watch_not_found");
  return watch;
}

async function tellChip(ctx: WatchContext, chipId: ChipId, camera: number, seconds: number): Promise<void> {
  await sendCommand(ctx, chipId, { kind: "camera-watch", camera, everyMs: FRAME_EVERY_MS, seconds });
}
