import { execFile } from "node:child_process";

export type VideoTool = "ffprobe" | "ffmpeg";

/** A film may be hostile: the program that decodes it has so much memory, processor and time, and no more. */
const MEMORY_KIB = 2 * 1024 * 1024;
const CPU_SECONDS = 60;
const WALL_MS = 90_000;

/** Whether ffprobe and ffmpeg (Debian: ffmpeg) are there: without them no film can be looked at. */
export async function hasVideoTools(): Promise<boolean> {
  const found = await Promise.all(
    (["ffprobe", "ffmpeg"] as const).map((tool) => runTool(tool, ["-version"], 100_000)),
  );
  return found.every((output) => output !== undefined);
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
