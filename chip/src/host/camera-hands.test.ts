import { sha256 } from "@hanyouxu/chip/hosts/node";
import type { Picture } from "@hanyouxu/protocol";
import { expect, it } from "vitest";
import { type CameraBody, type CameraReport, cameraHands } from "./camera-hands.ts";

const bytes = Uint8Array.of(1, 2, 3);
const picture = {
  boot: 1,
  picture: 1,
  purpose: "alarm",
  sizeBytes: bytes.length,
} as Picture;

function broken(): never {
  throw new Error("broken");
}

/** Hands on a body, and how to wait for what they report next. */
function hands(body: Partial<CameraBody>) {
  const waiting: ((report: CameraReport) => void)[] = [];
  const whole: CameraBody = {
    cameras: { take: async () => ({ bytes, widthPixels: 64, heightPixels: 48 }) },
    store: { load: () => [], keep: broken, read: broken, forget: broken },
    uplink: { send: async (_picture, fromByte, part) => ({ kind: "offset", bytes: fromByte + part.length }) },
    ...body,
  };
  const perform = cameraHands(whole, { sha256, boot: () => 1, report: (input) => waiting.shift()?.(input) });
  const next = () =>
    new Promise<CameraReport>((resolve) => {
      waiting.push(resolve);
    });
  return { perform, next };
}

it("a picture whose flash is full or broken is sent from memory", async () => {
  const { perform, next } = hands({});
  const taken = next();
  perform({ kind: "take-picture", picture: 1, camera: 0, size: "full" });
  expect(await taken).toMatchObject({ kind: "picture-taken", picture: 1, facts: { sizeBytes: 3 } });
  perform({ kind: "keep-picture", picture });
  const sent = next();
  perform({ kind: "send-picture", picture, fromByte: 1, maxBytes: 2 });
  expect(await sent).toMatchObject({ kind: "picture-sent", result: { kind: "offset", bytes: 3 } });
  // Forgotten, it is nowhere: not to be offered again.
  perform({ kind: "forget-pictures", names: [picture] });
  const lost = next();
  perform({ kind: "send-picture", picture, fromByte: 0, maxBytes: 3 });
  expect(await lost).toMatchObject({ result: { kind: "refused" } });
});

it("a camera or an uplink that throws is a report, nothing more", async () => {
  const { perform, next } = hands({ cameras: { take: broken } });
  const taken = next();
  perform({ kind: "take-picture", picture: 1, camera: 0, size: "small" });
  expect(await taken).toEqual({ kind: "picture-taken", picture: 1, facts: null });
  const uplink = hands({ uplink: { send: broken } });
  const first = uplink.next();
  uplink.perform({ kind: "take-picture", picture: 1, camera: 0, size: "full" });
  await first;
  const sent = uplink.next();
  uplink.perform({ kind: "send-picture", picture, fromByte: 0, maxBytes: 3 });
  expect(await sent).toMatchObject({ result: { kind: "failed" } });
});
