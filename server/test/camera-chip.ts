import { createHash } from "node:crypto";
import type { Picture } from "@hanyouxu/protocol";
import sharp from "sharp";
import type { RangedFile } from "../src/http/send-range.ts";
import type { ChipVoice } from "./chip-voice.ts";
import type { TestPlatform } from "./platform.ts";

/** A small JPEG of one colour: another one for every `shade`. */
export async function jpeg(shade: number, widthPixels = 64, heightPixels = 48): Promise<Uint8Array> {
  const background = { r: shade % 256, g: (shade * 7) % 256, b: (shade * 13) % 256 };
  const image = sharp({ create: { width: widthPixels, height: heightPixels, channels: 3, background } });
  return new Uint8Array(await image.jpeg().toBuffer());
}

/** A chip that sends pictures by the routes alone. */
export class CameraChip {
  readonly #app: TestPlatform;
  readonly chip: ChipVoice;
  #number = 0;

  constructor(app: TestPlatform, chip: ChipVoice) {
    this.#app = app;
    this.chip = chip;
  }

  /** What an honest chip says of some bytes. */
  say(bytes: Uint8Array, instead: Partial<Picture> = {}) {
    this.#number += 1;
    return {
      picture: this.#number,
      camera: 0,
      purpose: "interval" as Picture["purpose"],
      eventSeq: null,
      commandId: null,
      workSessionId: null,
      widthPixels: 64,
      heightPixels: 48,
      sizeBytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      ...instead,
    };
  }

  announce(announcement: Uint8Array, chipId: string = this.chip.chipId) {
    return this.#app.http.inject({
      method: "POST",
      url: "/api/chip-pictures",
      headers: { "content-type": "application/cose", "hy-chip-id": chipId },
      payload: Buffer.from(announcement),
    });
  }

  append(pictureId: string, token: string, fromByte: number, part: Uint8Array) {
    return this.#app.http.inject({
      method: "PATCH",
      url: `/api/chip-pictures/${pictureId}`,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/offset+octet-stream",
        "tus-resumable": "1.0.0",
        "upload-offset": String(fromByte),
      },
      payload: Buffer.from(part),
    });
  }

  /** Brings a picture over whole; returns its id. */
  async send(bytes: Uint8Array, instead: Partial<Picture> = {}): Promise<string> {
    const announced = await this.announce(this.chip.picture(this.say(bytes, instead)));
    if (announced.statusCode !== 201) throw new Error(announced.body);
    const { pictureId, uploadToken } = announced.json();
    const appended = await this.append(pictureId, uploadToken, 0, bytes);
    if (appended.statusCode !== 204) throw new Error(appended.body);
    return pictureId;
  }
}

/** Bytes as what reads films takes them. */
export function asFile(bytes: Uint8Array): RangedFile {
  return {
    mediaType: "video/mp4",
    sizeBytes: bytes.length,
    async *read(fromByte, toByte) {
      yield bytes.subarray(fromByte, toByte);
    },
  };
}
