import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

export type VideoTool = "ffprobe" | "ffmpeg";

/** A film may be hostile: the program that decodes it has so much memory, processor and time, and no more. */
const MEMORY_KIB = 2 * 1024 * 1024;
const CPU_SECONDS = 60;
const WALL_MS = 90_000;

/** What was found to run, as `whereIs` tells of it. */
const foundToRun = new Set<string>();

/**
 * Whether ffprobe and ffmpeg (Debian: ffmpeg) are there and run: without them no film can be looked at. Each is tried
 * once and again when it has been changed: to load its libraries takes a core a fifth of a second.
 */
export async function hasVideoTools(): Promise<boolean> {
  const found = await Promise.all(
    (["ffprobe", "ffmpeg"] as const).map(async (tool) => {
      const at = await whereIs(tool);
      if (at === undefined) return false;
      if (!foundToRun.has(at) && (await runTool(tool, ["-version"], 100_000))) foundToRun.add(at);
      return foundToRun.has(at);
    }),
  );
  return found.every((runs) => runs);
}

/** The program's file that PATH leads to, and which version of it: undefined where there is none. */
async function whereIs(tool: VideoTool): Promise<string | undefined> {
  for (const folder of process.env.PATH?.split(delimiter) ?? []) {
    const path = join(folder, tool);
    const file = await stat(path).catch(() => undefined);
    if (file?.isFile()) return `${path} ${file.ino} ${file.mtimeMs}`;
  }
  return undefined;
}

/**
 * Runs one of the tools in a process of its own, within limits, and returns what it prints; undefined when it is not
 * there, fails, runs too long or prints more than `mostBytes`. It inherits no environment: no proxy, no secret.
 */
export function runTool(
  tool: VideoTool,
  args: readonly string[],
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  const limited = `ulimit -v ${MEMORY_KIB}; ulimit -t ${CPU_SECONDS}; exec "$0" "$@"`;
  return new Promise((resolve) => {
    execFile(
      "/bin/sh",
      ["-c", limited, tool, ...args],
      {
        encoding: "buffer",
        env: { PATH: process.env.PATH, LC_ALL: "C" },
        maxBuffer: mostBytes,
        timeout: WALL_MS,
        killSignal: "SIGKILL",
      },
      (error, stdout) => resolve(error ? undefined : new Uint8Array(stdout)),
    );
  });
}
