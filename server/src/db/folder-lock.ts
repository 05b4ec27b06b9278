import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock, Timer } from "@hanyouxu/protocol";

/** Another living process has the folder. */
export class FolderLocked extends Error {
  override readonly name = "FolderLocked";
}

interface Owner {
  token: string;
  pid: number;
  /** Clock ticks between boot and the start of the process: tells a process from a later one with the same number. */
  startTicks: string | undefined;
  /** Which boot and which process numbering `pid` belongs to; another container has its own. */
  pidSpace: string;
  host: string;
}

const beatEveryMs = 5_000;
/** An owner that cannot be looked up (another container, another host) is dead after so long without a beat. */
const deadAfterMs = 30_000;

/**
 * Takes the folder for this process: PGlite has no lock of its own and two writers destroy the data. The lock ends
 * with `release` or with the process: a file whose owner is dead is taken over.
 * @throws FolderLocked naming the owner.
 */
export function lockFolder(folder: string, clock: Clock): { release(): void } {
  const file = join(folder, "hanyouxu.lock");
  const self: Owner = {
    token: randomUUID(),
    pid: process.pid,
    startTicks: startTicksOf(process.pid),
    pidSpace: pidSpace(),
    host: hostname(),
  };
  // Written aside and linked: the lock file appears whole or not at all.
  const draft = `${file}.${self.token}`;
  writeFileSync(draft, JSON.stringify(self), { flag: "wx", mode: 0o600 });
  try {
    for (let attempt = 0; !tryLink(draft, file); attempt++) {
      const owner = readOwner(file);
      if (owner && (attempt > 3 || isAlive(owner, file, clock))) throw locked(folder, file, owner);
      takeAway(file, owner);
    }
  } finally {
    rmSync(draft, { force: true });
  }

  let timer: Timer;
  const beat = () => {
    const now = new Date(clock.nowMs());
    if (existsSync(file)) utimesSync(file, now, now);
    timer = clock.setTimer(beatEveryMs, beat);
  };
  beat();
  return {
    release() {
      timer.cancel();
      if (readOwner(file)?.token === self.token) rmSync(file, { force: true });
    },
  };
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead owner's lock; a lock that somebody else took in between is put back. */
function takeAway(file: string, dead: Owner | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = readOwner(aside);
  if (taken && taken.token !== dead?.token) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function isAlive(owner: Owner, file: string, clock: Clock): boolean {
  if (owner.pidSpace !== pidSpace()) {
    const beat = statSync(file, { throwIfNoEntry: false });
    return beat !== undefined && clock.nowMs() - beat.mtimeMs < deadAfterMs;
  }
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startTicksOf(owner.pid) === owner.startTicks;
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); the name in field 2 may hold spaces and brackets, so count from its end. */
function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function pidSpace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${statSync("/proc/self/ns/pid").ino}`;
  } catch {
    return hostname();
  }
}

function locked(folder: string, file: string, owner: Owner): FolderLocked {
  return new FolderLocked(
    `数据目录 ${folder} 正被进程 ${owner.pid}（主机 ${owner.host}）使用：请先停止它，或用 HY_DATA_DIR 指定其他目录。` +
      ` / The data folder ${folder} is in use by process ${owner.pid} on ${owner.host}: stop it, or choose another` +
      ` folder with HY_DATA_DIR. (Lock file: ${file})`,
  );
}
