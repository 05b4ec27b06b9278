import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PictureStore, QueuedPicture } from "./picture-queue.ts";

interface Pictures extends DBSchema {
  pictures: { key: string; value: QueuedPicture };
  files: { key: string; value: Blob };
}

/** Pictures of one person in the browser's database: nobody who signs in after him on this phone sees or sends them. */
export function indexedPictures(personId: string): PictureStore {
  let opened: Promise<IDBPDatabase<Pictures>> | undefined;
  const open = () => {
    opened ??= openDB<Pictures>(`hanyouxu-pictures-${personId}`, 1, {
      upgrade(database) {
        database.createObjectStore("pictures", { keyPath: "evidenceId" });
        database.createObjectStore("files");
      },
    });
    return opened;
  };
  return {
    all: async () => (await open()).getAll("pictures"),
    async put(picture, bytes) {
      const change = (await open()).transaction(["pictures", "files"], "readwrite", { durability: "strict" });
      // In one transaction: a picture without its bytes would be lost, bytes without their picture never deleted.
      if (bytes) await change.objectStore("files").put(bytes, picture.evidenceId);
      await change.objectStore("pictures").put(picture);
      await change.done;
    },
    bytes: async (evidenceId) => (await open()).get("files", evidenceId),
    dropBytes: async (evidenceId) => (await open()).delete("files", evidenceId),
    async delete(evidenceId) {
      const change = (await open()).transaction(["pictures", "files"], "readwrite");
      await change.objectStore("files").delete(evidenceId);
      await change.objectStore("pictures").delete(evidenceId);
      await change.done;
    },
  };
}
