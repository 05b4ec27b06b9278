import { MAX_EVIDENCE_VIDEO_MS, MAX_EVIDENCE_VIDEO_PIXELS } from "@hanyouxu/api";
import type { RangedFile } from "../http/send-range.ts";
import { lookAtPicture, type SeenPicture } from "../pictures/look-at-picture.ts";
import { serveToTool } from "./serve-to-tool.ts";
import { runTool } from "./video-tools.ts";

export type VideoType = "video/mp4" | "video/webm";
export type VideoProblem = "type" | "pixels" | "too-long" | "unreadable";

export interface SeenVideo {
  mediaType: VideoType;
  widthPixels: number;
  heightPixels: number;
  durationMs: number;
  /** Some frames from its beginning to its end, at least one. */
  frames: SeenPicture[];
}

/** Where frames are taken, as parts of the whole. */
const FRAMES_AT = [0.1, 0.35, 0.6, 0.85];
const CODECS = new Set(["h264", "hevc", "vp8", "vp9", "av1"]);
/** The reader is named, so that no content makes the tool open a list, a script or another address. */
const FORMATS: Readonly<Record<VideoType, string>> = { "video/mp4": "mov", "video/webm": "matroska" };
const MOST_PIXELS = MAX_EVIDENCE_VIDEO_PIXELS * 2304;
/** A line a packet: 3 minutes at 240 frames a second and more. */
const MOST_PROBE_BYTES = 2 * 1024 * 1024;
const MOST_FRAME_BYTES = 30 * 1024 * 1024;

/** Looks at a film by its content, in processes of their own within limits. `secret`: for the loopback. */
export async function lookAtVideo(file: RangedFile, secret: string): Promise<SeenVideo | VideoProblem> {
  const mediaType = await sniffVideo(file);
  if (!mediaType) return "type";
  return await serveToTool(file, secret, async (url) => {
    const input = ["-protocol_whitelist", "http,tcp", "-f", FORMATS[mediaType]];
    const facts = await probe([...input, "-i", url]);
    if (typeof facts === "string") return facts;
    const frames: SeenPicture[] = [];
    for (const part of FRAMES_AT) {
      const frame = await frameAt(input, url, (facts.durationMs * part) / 1000);
      if (frame) frames.push(frame);
    }
    return frames.length > 0 ? { mediaType, ...facts, frames } : "unreadable";
  });
}

/** ISO base media (ISO/IEC 14496-12 §4.3: ftyp first) or EBML with the document type WebM (RFC 8794 §11.2.1). */
async function sniffVideo(file: RangedFile): Promise<VideoType | undefined> {
  const parts: Uint8Array[] = [];
  for await (const part of file.read(0, Math.min(64, file.sizeBytes))) parts.push(part);
  const head = Buffer.concat(parts);
  if (head.subarray(4, 8).toString("latin1") === "ftyp") return "video/mp4";
  const isEbml = head.subarray(0, 4).equals(Buffer.from([0x1a, 0x45, 0xdf, 0xa3]));
  return isEbml && head.includes("webm") ? "video/webm" : undefined;
}

interface Probed {
  streams?: { codec_type?: string; codec_name?: string; width?: number; height?: number }[];
  packets?: { pts_time?: string }[];
}

async function probe(input: readonly string[]) {
  const shown = "stream=codec_type,codec_name,width,height:packet=pts_time";
  const args = ["-v", "error", "-select_streams", "v", "-show_entries", shown, "-of", "json=compact=1"];
  const output = await runTool("ffprobe", [...args, ...input], MOST_PROBE_BYTES);
  if (!output) return "unreadable" as const;
  const { streams = [], packets = [] } = JSON.parse(Buffer.from(output).toString("utf8")) as Probed;
  const [stream] = streams;
  if (!stream || streams.length > 1 || !CODECS.has(stream.codec_name ?? "")) return "type" as const;
  const { width = 0, height = 0 } = stream;
  if (width < 1 || height < 1) return "unreadable" as const;
  const isTooFine = Math.max(width, height) > MAX_EVIDENCE_VIDEO_PIXELS || width * height > MOST_PIXELS;
  if (isTooFine) return "pixels" as const;
  // Browsers write films without their length: it is where the last frame lies.
  const times = packets.map(({ pts_time }) => Number(pts_time)).filter(Number.isFinite);
  const durationMs = Math.round(1000 * times.reduce((last, time) => Math.max(last, time), 0));
  if (durationMs > MAX_EVIDENCE_VIDEO_MS) return "too-long" as const;
  return { widthPixels: width, heightPixels: height, durationMs };
}

/** A frame at or before a time: the nearest that stands for itself, so that little is decoded. */
async function frameAt(
  input: readonly string[],
  url: string,
  seconds: number,
): Promise<SeenPicture | undefined> {
  const seek = ["-noaccurate_seek", "-ss", seconds.toFixed(3)];
  const output = [
    "-frames:v",
    "1",
    "-vf",
    "scale='min(1280,iw)':-2",
    "-c:v",
    "png",
    "-f",
    "image2pipe",
    "pipe:1",
  ];
  const args = ["-v", "error", "-nostdin", "-threads", "1", ...seek, ...input, "-i", url, "-an", ...output];
  const png = await runTool("ffmpeg", args, MOST_FRAME_BYTES);
  if (!png || png.length === 0) return undefined;
  const seen = await lookAtPicture(png);
  return typeof seen === "string" ? undefined : seen;
}
