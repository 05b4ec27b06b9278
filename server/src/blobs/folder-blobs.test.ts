import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBlob, sealBlob } from "../crypto/blob-sealing.ts";
import { systemRandom } from "../crypto/random.ts";
import { BlobMissing } from "./blob-store.ts";
import { folderBlobs } from "./folder-blobs.ts";

const id = "0198c0de-0000-7000-8000-00000000000a";
const other = "0198c0de-0000-7000-8000-00000000000b";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hy-blobs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder keeps blobs over a restart, and forgets them when told", async () => {
  const bytes = systemRandom(10_000);
  await folderBlobs(folder).put(id, bytes);
  const again = folderBlobs(folder);
  expect(await again.get(id)).toEqual(bytes);
  await again.delete(id);
  await again.delete(id);
  await expect(again.get(id)).rejects.toBeInstanceOf(BlobMissing);
});

test("an id is an id and no path", async () => {
  for (const path of ["../../etc/passwd", "a/b", "", `${id}/x`])
    await expect(folderBlobs(folder).put(path, new Uint8Array(1))).rejects.toThrow("no blob id");
});

test("a sealed blob opens with its key and id only, and unaltered", () => {
  const { key, sealed } = sealBlob(id, new TextEncoder().encode("picture"), systemRandom);
  expect(new TextDecoder().decode(openBlob(id, sealed, key))).toBe("picture");
  expect(() => openBlob(other, sealed, key)).toThrow();
  expect(() => openBlob(id, sealed, systemRandom(32))).toThrow();
  const altered = sealed.slice();
  altered[14]! ^= 1;
  expect(() => openBlob(id, altered, key)).toThrow();
});
