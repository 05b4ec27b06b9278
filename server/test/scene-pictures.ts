import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";

/** A picture of coarse and fine patches; another seed shows another scene. */
export async function scene(seed: number, width = 640, height = 480): Promise<Sharp> {
  let state = seed * 2_654_435_761 + 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  const patches = Uint8Array.from({ length: 10 * 8 * 3 }, next);
  const coarse = sharp(patches, { raw: { width: 10, height: 8, channels: 3 } });
  return sharp(await coarse.resize(width, height, { kernel: "cubic", fit: "fill" }).png().toBuffer());
}

export async function scenePhoto(seed: number): Promise<Buffer> {
  return await (await scene(seed)).jpeg({ quality: 90 }).toBuffer();
}

/** A film that ffmpeg makes of one of its own sources, such as `testsrc2=size=320x240:rate=10`. */
export function film(source: string, seconds: number, name: string, ...options: string[]): Buffer {
  return encode(["-f", "lavfi", "-i", source, "-t", String(seconds)], name, options);
}

/** Three seconds of one picture. */
export function filmOf(picture: Uint8Array): Buffer {
  const input = ["-loop", "1", "-f", "image2pipe", "-i", "pipe:0", "-t", "3", "-r", "5"];
  return encode(input, "still.webm", ["-c:v", "libvpx", "-b:v", "2M", "-g", "5"], picture);
}

function encode(input: string[], name: string, options: string[], picture?: Uint8Array): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "hy-film-"));
  try {
    const path = join(folder, name);
    const args = ["-y", "-loglevel", "error", ...input, "-pix_fmt", "yuv420p", ...options, path];
    execFileSync("ffmpeg", args, picture ? { input: picture } : {});
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
