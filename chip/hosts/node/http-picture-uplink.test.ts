import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openPicture, type Picture } from "@hanyouxu/protocol";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createHttpPictureUplink } from "./http-picture-uplink.ts";
import { createChipKeys, es256Verifier } from "./keys.ts";

const keys = createChipKeys();
const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);
const picture: Picture = {
  boot: 1,
  uptimeMs: 1_000,
  clockMs: 0,
  clockTrust: "unknown",
  picture: 5,
  camera: 0,
  purpose: "alarm",
  eventSeq: 7,
  commandId: null,
  workSessionId: null,
  widthPixels: 64,
  heightPixels: 48,
  sizeBytes: bytes.length,
  sha256: "ab".repeat(32),
};

/** A platform that keeps what it gets, and fails as it is told. */
class Platform {
  readonly server: Server = createServer((request, response) => void this.answer(request, response));
  received = Buffer.alloc(0);
  announcements: Picture[] = [];
  token = 0;
  failWith: number | undefined;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (this.failWith) {
      response.writeHead(this.failWith).end("{}");
    } else if (request.method === "POST") {
      const opened = openPicture(new Uint8Array(body), es256Verifier([keys.spki]));
      if (opened.ok) this.announcements.push(opened.value);
      this.token += 1;
      const isStored = this.received.length === bytes.length;
      const uploadToken = isStored ? null : `token-${this.token}`;
      const said = { state: isStored ? "stored" : "uploading", offset: this.received.length, uploadToken };
      response.writeHead(201, { location: "/api/chip-pictures/one" }).end(JSON.stringify(said));
    } else if (request.headers.authorization !== `Bearer token-${this.token}`) {
      response.writeHead(401).end("{}");
    } else {
      this.received = Buffer.concat([this.received, body]);
      response.writeHead(204, { "upload-offset": this.received.length }).end();
    }
  }
}

let platform: Platform;
let platformUrl: string;
beforeEach(async () => {
  platform = new Platform();
  await new Promise<void>((resolve) => {
    platform.server.listen(0, "127.0.0.1", resolve);
  });
  platformUrl = `http://127.0.0.1:${(platform.server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => platform.server.close(resolve)));

const uplink = () => createHttpPictureUplink({ platformUrl, chipId: keys.chipId, signer: keys.signer });

it("a picture is announced once, signed, and comes over in parts", async () => {
  const { send } = uplink();
  expect(await send(picture, 0, bytes.subarray(0, 4))).toEqual({ kind: "offset", bytes: 4 });
  expect(await send(picture, 4, bytes.subarray(4))).toEqual({ kind: "stored" });
  expect(platform.announcements).toEqual([picture]);
  expect(new Uint8Array(platform.received)).toEqual(bytes);
});

it("a chip that has started anew learns how much is there, and sends the rest alone", async () => {
  await uplink().send(picture, 0, bytes.subarray(0, 4));
  const { send } = uplink();
  expect(await send(picture, 0, bytes.subarray(0, 4))).toEqual({ kind: "offset", bytes: 4 });
  expect(await send(picture, 4, bytes.subarray(4))).toEqual({ kind: "stored" });
  expect(new Uint8Array(platform.received)).toEqual(bytes);
  expect(await uplink().send(picture, 0, bytes)).toEqual({ kind: "stored" });
});

it("a token that is void is asked for again; what the platform never takes is given up", async () => {
  const { send } = uplink();
  await send(picture, 0, bytes.subarray(0, 4));
  platform.token += 1;
  expect(await send(picture, 4, bytes.subarray(4))).toEqual({ kind: "failed" });
  expect(await send(picture, 4, bytes.subarray(4))).toEqual({ kind: "stored" });
  platform.received = Buffer.alloc(0);
  for (const [status, kind] of [
    [503, "failed"],
    [429, "failed"],
    [422, "refused"],
    [400, "refused"],
  ] as const) {
    platform.failWith = status;
    expect(await uplink().send(picture, 0, bytes)).toEqual({ kind });
  }
});
