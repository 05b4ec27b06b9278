import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FolderLocked, lockFolder } from "./folder-lock.ts";

let folder: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hy-lock-"));
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const clock = () => new VirtualClock(Date.now());
const lockFile = () => join(folder, "hanyouxu.lock");

/** A process of its own that takes the lock and says so. */
async function holder(): Promise<{ child: ChildProcess; said: string }> {
  const program = `
    import { lockFolder } from ${JSON.stringify(new URL("./folder-lock.ts", import.meta.url).href)};
    import { systemClock } from ${JSON.stringify(new URL("../clock.ts", import.meta.url).href)};
    try { lockFolder(${JSON.stringify(folder)}, systemClock); console.log("locked"); }
    catch (error) { console.log(error.name); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = (await once(child.stdout!, "data")) as [Buffer];
  return { child, said: said.toString().trim() };
}

describe("the lock of a data folder", () => {
  test("keeps a second owner out, in this process and in another, and names the first", async () => {
    const lock = lockFolder(folder, clock());
    expect(() => lockFolder(folder, clock())).toThrow(FolderLocked);
    expect(() => lockFolder(folder, clock())).toThrow(String(process.pid));
    expect((await holder()).said).toBe("FolderLocked");
    lock.release();
    expect(existsSync(lockFile())).toBe(false);
    lockFolder(folder, clock()).release();
  });

  test("of a killed process is taken over", async () => {
    const { child, said } = await holder();
    expect(said).toBe("locked");
    expect(() => lockFolder(folder, clock())).toThrow(FolderLocked);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(lockFile())).toBe(true);
    lockFolder(folder, clock()).release();
  });

  test("does not mistake a later process with the same number for the owner", () => {
    const lock = lockFolder(folder, clock());
    const owner = JSON.parse(readFileSync(lockFile(), "utf8"));
    writeFileSync(lockFile(), JSON.stringify({ ...owner, token: "another", startTicks: "1" }));
    const next = lockFolder(folder, clock());
    lock.release();
    expect(existsSync(lockFile()), "a lock that is not its own is left alone").toBe(true);
    next.release();
  });

  test("of another container is respected while it beats and taken over half a minute after", () => {
    const owner = { token: "x", pid: 1, startTicks: "1", pidSpace: "another boot:1", host: "elsewhere" };
    writeFileSync(lockFile(), JSON.stringify(owner));
    const now = clock();
    const beat = new Date(now.nowMs());
    utimesSync(lockFile(), beat, beat);
    now.advance(29_000);
    expect(() => lockFolder(folder, now)).toThrow("elsewhere");
    now.advance(1_000);
    lockFolder(folder, now).release();
  });

  test("beats every five seconds until it is released", () => {
    const now = new VirtualClock(Date.UTC(2026, 0, 1));
    const lock = lockFolder(folder, now);
    now.advance(60_000);
    expect(statSync(lockFile()).mtimeMs).toBe(now.nowMs());
    lock.release();
    expect(now.nextDueMs()).toBeUndefined();
  });

  test("unreadable is taken over, and leaves no drafts behind", () => {
    writeFileSync(lockFile(), "{half");
    lockFolder(folder, clock());
    expect(readdirSync(folder)).toEqual(["hanyouxu.lock"]);
  });

  test("is had by exactly one of many processes that find a dead owner", async () => {
    writeFileSync(
      lockFile(),
      JSON.stringify({ token: "x", pid: 2 ** 22 + 1, startTicks: "1", pidSpace: "", host: "h" }),
    );
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(lockFile(), old, old);
    const said = await Promise.all(Array.from({ length: 4 }, async () => (await holder()).said));
    expect(said.filter((text) => text === "locked")).toHaveLength(1);
  });
});
