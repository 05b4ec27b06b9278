import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptOrLoaded } from "./kept-folder.ts";

const small = { size: "small", sessions: 1_000, seed: 1 };
const stored = { decisions: 1_136, sessions: 1_000 };
let folder: string;
let loads = 0;
const load = async () => {
  loads++;
  return stored;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hanyouxu-kept-"));
  loads = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a province is loaded once into a folder, and not where none is kept", async () => {
  expect(await keptOrLoaded(folder, small, load)).toEqual({ isKept: false, stored });
  expect(await keptOrLoaded(folder, small, load)).toEqual({ isKept: true, stored });
  expect(loads).toBe(1);
  await keptOrLoaded("", small, load);
  await keptOrLoaded("", small, load);
  expect(loads).toBe(3);
});

test("a load that was broken off is not taken for a whole one", async () => {
  const broken = keptOrLoaded(folder, small, () => Promise.reject(new Error("no space left")));
  await expect(broken).rejects.toThrow("no space left");
  expect(readdirSync(folder)).toEqual([]);
  expect((await keptOrLoaded(folder, small, load)).isKept).toBe(false);
});

test("another province's folder is refused", async () => {
  await keptOrLoaded(folder, small, load);
  await expect(keptOrLoaded(folder, { ...small, seed: 2 }, load)).rejects.toThrow("another province");
});
