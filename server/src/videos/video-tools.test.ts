import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasVideoTools } from "./video-tools.ts";

const systemPath = process.env.PATH;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hanyouxu-tools-"));
  process.env.PATH = [join(folder, "absent"), folder].join(delimiter);
});
afterEach(async () => {
  process.env.PATH = systemPath;
  await rm(folder, { recursive: true });
});

/** A program that notes each of its runs. */
async function put(tool: string, exitCode: number): Promise<void> {
  const program = join(folder, tool);
  await rm(program, { force: true });
  await writeFile(program, `#!/bin/sh\necho run >> ${program}.runs\nexit ${exitCode}\n`, { mode: 0o755 });
}

async function runsOf(tool: string): Promise<number> {
  const noted = join(folder, `${tool}.runs`);
  return existsSync(noted) ? (await readFile(noted, "utf8")).trim().split("\n").length : 0;
}

test("tools that ran once are not run again to know that they are there", async () => {
  await put("ffprobe", 0);
  await put("ffmpeg", 0);
  for (let asked = 0; asked < 3; asked++) expect(await hasVideoTools()).toBe(true);
  expect([await runsOf("ffprobe"), await runsOf("ffmpeg")]).toEqual([1, 1]);
});

test("one that is taken away, put back or changed meanwhile is noticed", async () => {
  await put("ffprobe", 0);
  expect(await hasVideoTools()).toBe(false);
  await put("ffmpeg", 0);
  expect(await hasVideoTools()).toBe(true);
  await rm(join(folder, "ffmpeg"));
  expect(await hasVideoTools()).toBe(false);
  await put("ffmpeg", 1);
  expect(await hasVideoTools()).toBe(false);
  await put("ffmpeg", 0);
  expect(await hasVideoTools()).toBe(true);
});

test("one that does not run is tried each time: what it lacks may come", async () => {
  await put("ffprobe", 0);
  await put("ffmpeg", 1);
  for (let asked = 0; asked < 2; asked++) expect(await hasVideoTools()).toBe(false);
  expect(await runsOf("ffmpeg")).toBe(2);
});
