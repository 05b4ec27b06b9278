import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import QRCode from "qrcode";

/** The picture of a label's QR code as a PNG file's bytes, as it is printed: level Q. */
export async function labelPicture(url: string): Promise<Buffer> {
  return await QRCode.toBuffer(url, { errorCorrectionLevel: "Q", width: 420, margin: 4 });
}

/**
 * Makes the browser's camera see the label: somewhat turned, grey around, as a hand would hold it. Not larger than
 * it must be: Chromium takes each of its thirty pictures a second apart anew.
 */
export async function showToCamera(url: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "hy-label-"));
  try {
    const label = join(dir, "label.png");
    await QRCode.toFile(label, url, { errorCorrectionLevel: "Q", width: 420, margin: 4 });
    const filter =
      "rotate=0.12:fillcolor=gray:ow=rotw(0.12):oh=roth(0.12),pad=640:480:(ow-iw)/2:(oh-ih)/2:gray";
    film(["-loop", "1", "-i", label, "-t", "2", "-r", "10", "-vf", filter]);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Makes the browser's camera see a scene unlike every other: no picture of it is taken for one from before. */
export function showNewSceneToCamera(): void {
  const dir = mkdtempSync(join(tmpdir(), "hy-scene-"));
  try {
    const scene = join(dir, "scene.ppm");
    const [columns, rows] = [8, 6];
    writeFileSync(
      scene,
      Buffer.concat([Buffer.from(`P6 ${columns} ${rows} 255\n`), randomBytes(columns * rows * 3)]),
    );
    film(["-loop", "1", "-i", scene, "-t", "4", "-r", "10", "-vf", "scale=640:480:flags=neighbor"]);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function film(input: readonly string[]): void {
  const whole = `${process.env.HY_E2E_CAMERA}.whole`;
  const output = ["-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "4", "-f", "mjpeg", whole];
  execFileSync("ffmpeg", ["-y", "-loglevel", "error", ...input, ...output]);
  // At once: a camera that is open must not read half a film.
  renameSync(whole, process.env.HY_E2E_CAMERA!);
}
