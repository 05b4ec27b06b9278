import { execFile } from "node:child_process";
import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";
import { promisify } from "node:util";

export interface Conditions {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  v8: string;
  /** One minute, before and after. */
  loadAverage: [number, number];
  startedAt: string;
  commit: string;
}

/** What the machine is, and how busy it was before: read once at the start, completed at the end. */
export async function observeConditions(): Promise<() => Conditions> {
  const startedAt = new Date().toISOString();
  const loadBefore = loadavg()[0]!;
  const commit = await currentCommit();
  return () => ({
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    loadAverage: [Number(loadBefore.toFixed(2)), Number(loadavg()[0]!.toFixed(2))],
    startedAt,
    commit,
  });
}

/** The commit that is measured, with + when files differ from it; "unknown" outside a checkout. */
async function currentCommit(): Promise<string> {
  const git = (...args: string[]) => promisify(execFile)("git", args, { cwd: import.meta.dirname });
  try {
    const head = (await git("rev-parse", "--short", "HEAD")).stdout.trim();
    const changes = (await git("status", "--porcelain", "--untracked-files=no")).stdout.trim();
    return changes ? `${head}+` : head;
  } catch {
    return "unknown";
  }
}
