import { constants } from "node:fs";
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
    async write(blobId, atBytes, bytes) {
      const path = pathOf(blobId);
      if (atBytes === 0) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, constants.O_RDWR | (atBytes === 0 ? constants.O_CREAT : 0), 0o600);
      try {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done, atBytes + done)).bytesWritten;
        }
        await file.datasync();
      } finally {
        await file.close();
      }
      if (atBytes === 0) await syncFolder(dirname(path));
    },
    async read(blobId, atBytes, length) {
      const file = await open(pathOf(blobId), "r").catch((cause: unknown) => {
        throw new BlobMissing(blobId, { cause });
      });
      try {
        const bytes = new Uint8Array(length);
        let read = 0;
        while (read < length) {
          const { bytesRead } = await file.read(bytes, read, length - read, atBytes + read);
          if (bytesRead === 0) break;
          read += bytesRead;
        }
        return bytes.subarray(0, read);
      } finally {
        await file.close();
      }
    },
    async delete(blobId) {
      await rm(pathOf(blobId), { force: true });
    },
  };
}

/** A new file is durable only with its name. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
