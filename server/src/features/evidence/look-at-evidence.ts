import type { AppContext } from "../../context.ts";
import type { SegmentedBlob } from "../../crypto/segment-sealing.ts";
import type { ErrorCode } from "../../errors.ts";
import type { Fingerprint } from "../../pictures/fingerprint.ts";
import { lookAtPicture, type SeenPicture } from "../../pictures/look-at-picture.ts";
import { lookAtVideo, type SeenVideo } from "../../videos/look-at-video.ts";
import { readSegments, readWhole } from "./open-evidence.ts";
import type { EvidenceRow } from "./queries.ts";

export interface SeenEvidence {
  mediaType: string;
  widthPixels: number;
  heightPixels: number;
  durationMs: number | null;
  preview: Uint8Array;
  fingerprints: Fingerprint[];
}

/** A camera's clock may be so far behind the phone's word. */
const CAMERA_BEHIND_MS = 10 * 60_000;

const refusals = {
  type: "evidence.type_refused",
  pixels: "evidence.too_many_pixels",
  "too-long": "evidence.too_long",
  unreadable: "evidence.unreadable",
} as const satisfies Record<string, ErrorCode>;

/** What a photo or film shows, by its content, or why it is refused. */
export async function lookAtEvidence(
  ctx: Pick<AppContext, "blobs" | "random">,
  row: EvidenceRow,
  blob: SegmentedBlob,
): Promise<SeenEvidence | ErrorCode> {
  const { size_bytes: sizeBytes } = row;
  if (row.kind === "photo") {
    const seen = await lookAtPicture(await readWhole(ctx, blob, sizeBytes));
    if (typeof seen === "string") return refusals[seen];
    return judge(row, { ...seen, durationMs: null }, [seen]);
  }
  const secret = Buffer.from(ctx.random(16)).toString("hex");
  const read = (from: number, to: number) => readSegments(ctx, blob, sizeBytes, from, to);
  const seen = await lookAtVideo({ mediaType: "", sizeBytes, read }, secret);
  return typeof seen === "string" ? refusals[seen] : judge(row, seen, seen.frames);
}

function judge(
  row: EvidenceRow,
  {
    mediaType,
    widthPixels,
    heightPixels,
    durationMs,
  }: Omit<SeenVideo, "frames" | "mediaType" | "durationMs"> & {
    mediaType: string;
    durationMs: number | null;
  },
  frames: readonly SeenPicture[],
): SeenEvidence | ErrorCode {
  const poster = frames.find(({ hasDetail }) => hasDetail);
  if (!poster) return "evidence.no_detail";
  const { recordedAtMs } = poster;
  if (recordedAtMs !== undefined && recordedAtMs < row.taken_at.getTime() - CAMERA_BEHIND_MS)
    return "evidence.recorded_time";
  return {
    mediaType,
    widthPixels,
    heightPixels,
    durationMs,
    preview: poster.preview,
    fingerprints: frames.map(({ fingerprint }) => fingerprint),
  };
}
