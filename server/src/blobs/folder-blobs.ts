import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BlobMissing, type BlobStore } from "./blob-store.ts";

/** Blobs as files of one folder, 4096 folders deep by the end of their ids, which is random. */
export function folderBlobs(folder: string): BlobStore {
  const pathOf = (blobId: string) => {
    // The id becomes a path: nothing but a UUID may.
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(blobId)) throw new Error(`no blob id: ${blobId}`);
    return join(folder, blobId.slice(-3), blobId);
  };
  return {
    async put(blobId, bytes) {
      const path = pathOf(blobId);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(`${path}.part`, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
    },
    async get(blobId) {
      try {
        return new Uint8Array(await readFile(pathOf(blobId)));
      } catch (cause) {
        throw new BlobMissing(blobId, { cause });
      }
    },
    async delete(blobId) {
      await rm(pathOf(blobId), { force: true });
    },
  };
}
