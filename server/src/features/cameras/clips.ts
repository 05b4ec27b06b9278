import type { AppContext } from "../../context.ts";
import { serveToTool } from "../../videos/serve-to-tool.ts";
import { hasVideoTools, runTool } from "../../videos/video-tools.ts";
import { deletePhotoFiles, openSealedPicture, withSealedBytes } from "../photos/photos.ts";
import { type DueClip, saveClip, selectClipPictures, selectDueClips } from "./clip-queries.ts";

/** A clip is made once no picture of it has come for so long; what comes later makes it anew. */
const QUIET_MS = 15_000;
const MADE_AT_ONCE = 3;
const MOST_CLIP_BYTES = 8 * 1024 * 1024;
const SECOND_MS = 1_000;

type ClipContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "log">;

/** Makes films of pictures around alarms, by ffmpeg in a process within limits; the pictures stay beside them. */
export async function makeDueClips(ctx: ClipContext): Promise<number> {
  const due = await selectDueClips(ctx.db, new Date(ctx.clock.nowMs() - QUIET_MS), MADE_AT_ONCE);
  if (due.length === 0 || !(await hasVideoTools())) return 0;
  for (const clip of due) await makeClip(ctx, clip);
  return due.length;
}

async function makeClip(ctx: ClipContext, clip: DueClip): Promise<void> {
  const rows = await selectClipPictures(ctx.db, clip);
  const jpegs: Uint8Array[] = [];
  for (const row of rows) jpegs.push(await openSealedPicture(ctx, row.blob_id!, row.key_ciphertext!));
  const [first, last] = [rows[0]!.taken_at.getTime(), rows.at(-1)!.taken_at.getTime()];
  const film = await filmOf(
    secondBySecond(
      rows.map(({ taken_at }) => taken_at.getTime()),
      jpegs,
    ),
    ctx,
  );
  if (!film) {
    ctx.log.warn({ clip }, "no clip could be made of its pictures");
    return;
  }
  const replaced = await withSealedBytes(ctx, film, (tx, sealed) =>
    saveClip(tx, {
      ...clip,
      clip_id: ctx.newId(),
      began_at: new Date(first),
      ended_at: new Date(last),
      picture_count: rows.length,
      blob_id: sealed.blobId,
      key_ciphertext: sealed.keyCiphertext,
      size_bytes: film.length,
      made_at: sealed.storedAt,
    }),
  );
  if (replaced) await deletePhotoFiles(ctx, [replaced]);
}

/** A picture a second, so that the film runs as fast as the time did: where one is missing the one before stays. */
export function secondBySecond(takenMs: readonly number[], jpegs: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const begin = takenMs[0] ?? 0;
  for (let index = 0; index < jpegs.length; index++) {
    const until =
      index + 1 < takenMs.length ? Math.round((takenMs[index + 1]! - begin) / SECOND_MS) : frames.length + 1;
    while (frames.length < until) frames.push(jpegs[index]!);
  }
  return frames;
}

/** H.264 in fragmented MP4: what every phone plays, and what can be written without going back. */
async function filmOf(
  jpegs: readonly Uint8Array[],
  ctx: Pick<AppContext, "random">,
): Promise<Uint8Array | undefined> {
  const all = Buffer.concat(jpegs);
  const file: Parameters<typeof serveToTool>[0] = {
    mediaType: "video/x-motion-jpeg",
    sizeBytes: all.length,
    async *read(fromByte: number, toByte: number) {
      yield all.subarray(fromByte, toByte);
    },
  };
  const secret = Buffer.from(ctx.random(24)).toString("base64url");
  return await serveToTool(file, secret, async (url) => {
    const input = ["-protocol_whitelist", "http,tcp", "-f", "mjpeg", "-framerate", "1", "-i", url];
    const picture = ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p", "-r", "5"];
    const codec = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-bf", "0", "-threads", "1"];
    const form = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1"];
    const args = ["-v", "error", "-nostdin", ...input, ...picture, ...codec, ...form];
    const film = await runTool("ffmpeg", args, MOST_CLIP_BYTES);
    return film && film.length > 0 ? film : undefined;
  });
}
