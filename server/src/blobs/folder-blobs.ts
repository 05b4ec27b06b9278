import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobStore } from "./blob-store.ts";

const DIGEST = /^[0-9a-f]{64}$/;

/** Blobs as files of a folder: `ab/abcd…`. Made on the first write. */
export function folderBlobs(dir: string): BlobStore {
  const pathOf = (digest: string) => join(dir, digest.slice(0, 2), digest);
  return {
    async put(bytes) {
      const digest = digestOf(bytes);
      const path = pathOf(digest);
      if (await isThere(path)) return digest;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Whole or not at all: a killed process leaves at most a file that nobody asks for.
      const draft = `${path}.${randomUUID()}`;
      const file = await open(draft, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
      return digest;
    },
    async read(digest) {
      if (!DIGEST.test(digest)) return undefined;
      const bytes = await readFile(pathOf(digest)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
      return bytes && digestOf(bytes) === digest ? new Uint8Array(bytes) : undefined;
    },
  };
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
