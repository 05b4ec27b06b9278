import type { PictureUplink, SendResult } from "@hanyouxu/chip";
import { type Picture, type Signer, signPicture } from "@hanyouxu/protocol";

export interface HttpPictureUplinkOptions {
  /** `https://platform.example.cn`, without a trailing slash. */
  platformUrl: string;
  signer: Signer;
  /** The chip says who it is beside its signature: the key id of 4 bytes alone would not find it. */
  chipId: string;
  fetch?: typeof globalThis.fetch;
  timeoutMs?: number;
}

interface Upload {
  path: string;
  token: string;
}

/**
 * Pictures over HTTP: the announcement signed by the chip's key, then parts by tus 1.0.0 under the short-lived token that
 * the platform gave for this one picture. After a cut or a restart the picture is announced again, and the platform says
 * how much of it it has.
 */
export function createHttpPictureUplink(options: HttpPictureUplinkOptions): PictureUplink {
  const { platformUrl, signer, chipId, fetch = globalThis.fetch, timeoutMs = 50_000 } = options;
  const uploads = new Map<string, Upload>();

  async function announce(picture: Picture): Promise<{ upload: Upload; offset: number } | SendResult> {
    const response = await fetch(`${platformUrl}/api/chip-pictures`, {
      method: "POST",
      headers: { "content-type": "application/cose", "hy-chip-id": chipId },
      body: Buffer.from(signPicture(picture, signer)),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 201) return await resultOf(response);
    const said = (await response.json()) as { state: string; offset: number; uploadToken: string | null };
    const path = response.headers.get("location");
    if (said.state === "stored" || said.uploadToken === null || path === null) return { kind: "stored" };
    return { upload: { path, token: said.uploadToken }, offset: said.offset };
  }

  return {
    async send(picture, fromByte, part) {
      const key = `${picture.boot}/${picture.picture}`;
      let upload = uploads.get(key);
      if (!upload) {
        const announced = await announce(picture);
        if ("kind" in announced) return announced;
        ({ upload } = announced);
        uploads.set(key, upload);
        if (announced.offset !== fromByte) return { kind: "offset", bytes: announced.offset };
      }
      const response = await fetch(`${platformUrl}${upload.path}`, {
        method: "PATCH",
        headers: {
          authorization: `Bearer ${upload.token}`,
          "content-type": "application/offset+octet-stream",
          "tus-resumable": "1.0.0",
          "upload-offset": String(fromByte),
        },
        body: Buffer.from(part),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const offset = Number(response.headers.get("upload-offset"));
      if (response.status === 204 && offset < picture.sizeBytes) return { kind: "offset", bytes: offset };
      uploads.delete(key);
      return response.status === 204 ? { kind: "stored" } : await resultOf(response);
    },
  };
}

/** Of what is no success: whether offering it again can help. */
async function resultOf(response: Response): Promise<SendResult> {
  await response.body?.cancel();
  const isFinal = response.status === 400 || response.status === 413 || response.status === 422;
  return { kind: isFinal ? "refused" : "failed" };
}
