import type { Picture, Sha256 } from "@hanyouxu/protocol";
import type { PictureName, PictureSize } from "../camera/camera-state.ts";
import type { SendResult } from "../camera/send-pictures.ts";
import type { ChipEffect } from "../effects.ts";
import type { ChipInput } from "../inputs.ts";

/** JPEG as a camera gives it. */
export interface TakenPicture {
  bytes: Uint8Array;
  widthPixels: number;
  heightPixels: number;
}

/** The cameras of a machine, by number from 0. */
export interface ChipCameras {
  /** One look; null, or a rejection, when the camera gives nothing. */
  take(camera: number, size: PictureSize): Promise<TakenPicture | null>;
}

/** Where pictures wait for the platform over a loss of power. Bounded by the program; slow or broken it may be. */
export interface PictureStore {
  /** What waits from before, oldest first; read once, at start. */
  load(): readonly Picture[];
  /** Resolves when it is durable. */
  keep(picture: Picture, bytes: Uint8Array): Promise<void>;
  read(name: PictureName): Promise<Uint8Array>;
  forget(name: PictureName): Promise<void>;
}

/** Brings pictures to the platform, in parts. */
export interface PictureUplink {
  /** Announces the picture where the platform does not know it yet, and sends one part of it. */
  send(picture: Picture, fromByte: number, part: Uint8Array): Promise<SendResult>;
}

export interface CameraBody {
  cameras: ChipCameras;
  store: PictureStore;
  uplink: PictureUplink;
}

export type CameraEffect = Extract<
  ChipEffect,
  { kind: "take-picture" | "keep-picture" | "forget-pictures" | "send-picture" }
>;

/**
 * Does what the program asks of cameras, store and uplink, each in its own time: nothing here is waited for by whoever
 * switches the relay, and nothing that fails here reaches him as more than a report.
 */
export function cameraHands(
  { cameras, store, uplink }: CameraBody,
  { sha256, boot, report }: { sha256: Sha256; boot: () => number; report(input: CameraReport): void },
): (effect: CameraEffect) => void {
  /** In memory: what was not kept yet, is for who watches, or found no room on the flash. */
  const held = new Map<string, Uint8Array>();

  async function take(effect: CameraEffect & { kind: "take-picture" }): Promise<void> {
    const name = { boot: boot(), picture: effect.picture };
    const taken = await trying(() => cameras.take(effect.camera, effect.size));
    if (!taken) {
      report({ kind: "picture-taken", picture: effect.picture, facts: null });
      return;
    }
    const { bytes, widthPixels, heightPixels } = taken;
    held.set(keyOf(name), bytes);
    const digest = Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const facts = { widthPixels, heightPixels, sizeBytes: bytes.length, sha256: digest };
    report({ kind: "picture-taken", picture: effect.picture, facts });
  }

  async function keep(picture: Picture): Promise<void> {
    const key = keyOf(picture);
    const bytes = held.get(key);
    if (!bytes || picture.purpose === "live") return;
    // What finds no room on the flash stays in memory until it is sent or forgotten.
    const isKept = await trying(() => store.keep(picture, bytes).then(() => true));
    if (isKept) held.delete(key);
  }

  async function forget(names: readonly PictureName[]): Promise<void> {
    for (const name of names) {
      held.delete(keyOf(name));
      await trying(() => store.forget(name));
    }
  }

  async function send({ picture, fromByte, maxBytes }: CameraEffect & { kind: "send-picture" }) {
    const name = { boot: picture.boot, picture: picture.picture };
    const result = await trying(async (): Promise<SendResult> => {
      const bytes = held.get(keyOf(picture)) ?? (await trying(() => store.read(name)));
      // A picture that the flash has lost is nothing to offer again and again.
      if (bytes?.length !== picture.sizeBytes) return { kind: "refused" };
      return await uplink.send(picture, fromByte, bytes.subarray(fromByte, fromByte + maxBytes));
    });
    report({ kind: "picture-sent", name, result: result ?? { kind: "failed" } });
  }

  return (effect) => {
    if (effect.kind === "take-picture") void take(effect);
    else if (effect.kind === "keep-picture") void keep(effect.picture);
    else if (effect.kind === "forget-pictures") void forget(effect.names);
    else void send(effect);
  };
}

/** Null for whatever goes wrong, at once or later. */
async function trying<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

type Report<Kind extends ChipInput["kind"]> = Omit<Extract<ChipInput, { kind: Kind }>, "uptimeMs">;
/** An input without its time. */
export type CameraReport = Report<"picture-taken"> | Report<"picture-sent">;

function keyOf({ boot, picture }: PictureName): string {
  return `${boot}/${picture}`;
}
