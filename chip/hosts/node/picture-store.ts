import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PictureName, PictureStore } from "@hanyouxu/chip";
import { decodePicture, encodePicture, type Picture } from "@hanyouxu/protocol";

/**
 * Pictures as files of one folder: what is said of each lies in front of its bytes, under a name that exists only once
 * the whole is on the disk. All but the first look is asynchronous: the chip's own journal never waits for a picture.
 */
export function openFilePictures(dir: string): PictureStore {
  mkdirSync(dir, { recursive: true });
  const pathOf = ({ boot, picture }: PictureName) => join(dir, `${boot}-${picture}.picture`);
  return {
    load() {
      const pictures: Picture[] = [];
      for (const file of readdirSync(dir)) {
        const path = join(dir, file);
        const found = file.endsWith(".picture") ? readPicture(readFileSync(path)) : undefined;
        // What a loss of power tore, or nobody can read, is nothing to keep.
        if (found) pictures.push(found.picture);
        else rmSync(path, { force: true });
      }
      return pictures.sort((left, right) => left.boot - right.boot || left.picture - right.picture);
    },
    async keep(picture, bytes) {
      const path = pathOf(picture);
      const said = encodePicture(picture);
      const file = await open(`${path}.part`, "w");
      try {
        await file.write(Buffer.concat([Uint8Array.of(said.length >> 8, said.length & 0xff), said, bytes]));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
    },
    async read(name) {
      const found = readPicture(await readFile(pathOf(name)));
      if (!found) throw new Error(`picture ${name.boot}/${name.picture} is damaged`);
      return found.bytes;
    },
    async forget(name) {
      await rm(pathOf(name), { force: true });
    },
  };
}

/** Pictures in memory: for simulated fleets, where a restart of the process is a new chip anyway. */
export function createMemoryPictures(): PictureStore {
  const kept = new Map<string, { picture: Picture; bytes: Uint8Array }>();
  const keyOf = ({ boot, picture }: PictureName) => `${boot}/${picture}`;
  return {
    load: () => [...kept.values()].map(({ picture }) => picture),
    async keep(picture, bytes) {
      kept.set(keyOf(picture), { picture, bytes });
    },
    async read(name) {
      const found = kept.get(keyOf(name));
      if (!found) throw new Error(`picture ${keyOf(name)} is not kept`);
      return found.bytes;
    },
    async forget(name) {
      kept.delete(keyOf(name));
    },
  };
}

function readPicture(file: Uint8Array): { picture: Picture; bytes: Uint8Array } | undefined {
  if (file.length < 2) return undefined;
  const begin = 2 + ((file[0]! << 8) | file[1]!);
  const decoded = decodePicture(file.slice(2, begin));
  if (!decoded.ok || file.length !== begin + decoded.value.sizeBytes) return undefined;
  return { picture: decoded.value, bytes: new Uint8Array(file.subarray(begin)) };
}
