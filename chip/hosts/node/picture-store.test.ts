import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Picture } from "@hanyouxu/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryPictures, openFilePictures } from "./picture-store.ts";

const picture = (number: number, boot = 3): Picture => ({
  boot,
  uptimeMs: 1_000,
  clockMs: 0,
  clockTrust: "unknown",
  picture: number,
  camera: 0,
  purpose: "alarm",
  eventSeq: 7,
  commandId: null,
  workSessionId: null,
  widthPixels: 640,
  heightPixels: 480,
  sizeBytes: 4,
  sha256: "ab".repeat(32),
});
const bytes = Uint8Array.of(1, 2, 3, 4);

describe("pictures on a disk", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "hy-pictures-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it("are there after a restart, in the order of the taking, until they are forgotten", async () => {
    const store = openFilePictures(dir);
    await store.keep(picture(10), bytes);
    await store.keep(picture(9), bytes);
    await store.keep(picture(11, 2), bytes);
    const again = openFilePictures(dir);
    expect(again.load()).toEqual([picture(11, 2), picture(9), picture(10)]);
    expect(await again.read(picture(9))).toEqual(bytes);
    await again.forget(picture(9));
    await again.forget(picture(9));
    expect(openFilePictures(dir).load()).toEqual([picture(11, 2), picture(10)]);
    await expect(again.read(picture(9))).rejects.toThrow();
  });

  it("that a power cut tore are gone, and nothing of them stays", async () => {
    const store = openFilePictures(dir);
    await store.keep(picture(1), bytes);
    await store.keep(picture(2), bytes);
    truncateSync(join(dir, "3-2.picture"), 60);
    writeFileSync(join(dir, "3-3.picture.part"), "half");
    expect(openFilePictures(dir).load()).toEqual([picture(1)]);
    expect(readdirSync(dir)).toEqual(["3-1.picture"]);
  });
});

it("pictures in memory are read until they are forgotten", async () => {
  const store = createMemoryPictures();
  await store.keep(picture(1), bytes);
  expect(store.load()).toEqual([picture(1)]);
  expect(await store.read(picture(1))).toEqual(bytes);
  await store.forget(picture(1));
  await expect(store.read(picture(1))).rejects.toThrow("not kept");
});
