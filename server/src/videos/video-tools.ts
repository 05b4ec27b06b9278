import { execFile } from "node:child_process";

/** Whether ffprobe and ffmpeg (Debian: ffmpeg) are there: without them no film can be looked at. */
export async function hasVideoTools(): Promise<boolean> {
  const found = await Promise.all(["ffprobe", "ffmpeg"].map(answers));
  return found.every(Boolean);
}

function answers(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, ["-version"], { timeout: 10_000 }, (error) => resolve(error === null));
  });
}
