import { bytesToHex, uuidFromBytes, uuidToBytes } from "../bytes.ts";
import { encodeCbor } from "../cbor.ts";
import { openSign1, sign1 } from "../cose.ts";
import { Fields, fixedHex, MAX_UINT32, numberOf, PROTOCOL_VERSION, readFrame } from "../fields.ts";
import type { Signer, Verifier } from "../ports.ts";
import { type Decoded, decoding } from "../rejection.ts";
import type { WorkSessionId } from "../units.ts";
import { COMMAND_ID_BYTES } from "./answer.ts";
import { type ChipTime, readUptimeAndClock, writeUptimeAndClock } from "./clock-trust.ts";

/**
 * Why a picture was kept. The order is the wire number and never changes.
 * `clip`: one of those around an alarm, before and after it; `live`: somebody watches now, nobody keeps it.
 */
export const PICTURE_PURPOSES = ["interval", "request", "event", "alarm", "clip", "live"] as const;
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number];

/** One camera in the chip (0) and up to seven beside it. */
export const MAX_CAMERAS = 8;
/** Of one picture, JPEG. */
export const MAX_PICTURE_BYTES = 262_144;
const SHA256_BYTES = 32;

/** What a chip says of one picture before its bytes; the time is that of the taking. */
export interface Picture extends ChipTime {
  /** Numbers the pictures of one boot from 1; what was taken and not kept leaves gaps. */
  picture: number;
  /** 0 is the camera in the chip; 1–7 stand around the work. */
  camera: number;
  purpose: PicturePurpose;
  /** Of the event, in the same boot, that it was kept for; null for the other purposes. */
  eventSeq: number | null;
  /** Of the command that asked for it, 16 hex digits; null for the other purposes. */
  commandId: string | null;
  /** The session whose relay was closed; null for none. */
  workSessionId: WorkSessionId | null;
  widthPixels: number;
  heightPixels: number;
  sizeBytes: number;
  /** Of the bytes, 64 hex digits. */
  sha256: string;
}

/** Signed alongside: a signature over anything else of the chip's does not stand for a picture. */
const PICTURE_AAD = Uint8Array.from("hy1-picture", (letter) => letter.charCodeAt(0));

export function encodePicture(picture: Picture): Uint8Array {
  return encodeCbor([
    PROTOCOL_VERSION,
    picture.boot,
    picture.picture,
    ...writeUptimeAndClock(picture),
    picture.camera,
    numberOf(picture.purpose, PICTURE_PURPOSES),
    picture.eventSeq,
    picture.commandId === null ? null : fixedHex(picture.commandId, COMMAND_ID_BYTES),
    picture.workSessionId === null ? null : uuidToBytes(picture.workSessionId),
    picture.widthPixels,
    picture.heightPixels,
    picture.sizeBytes,
    fixedHex(picture.sha256, SHA256_BYTES),
  ]);
}

export function decodePicture(bytes: Uint8Array): Decoded<Picture> {
  return decoding(() => {
    const fields = new Fields(readFrame(bytes), "picture", 15, 1);
    const boot = fields.integer("boot", 1, MAX_UINT32);
    const picture = fields.integer("picture", 1, MAX_UINT32);
    const time = readUptimeAndClock(fields);
    const camera = fields.integer("camera", 0, MAX_CAMERAS - 1);
    const purpose = fields.oneOf("purpose", PICTURE_PURPOSES);
    const eventSeq = fields.nullableInteger("eventSeq", 1, MAX_UINT32);
    const commandId = fields.nullableBytes("commandId", COMMAND_ID_BYTES);
    const workSessionId = fields.nullableBytes("workSessionId", 16);
    return {
      boot,
      picture,
      ...time,
      camera,
      purpose,
      eventSeq,
      commandId: commandId && bytesToHex(commandId),
      workSessionId: workSessionId && (uuidFromBytes(workSessionId) as WorkSessionId),
      widthPixels: fields.integer("widthPixels", 1, 65_535),
      heightPixels: fields.integer("heightPixels", 1, 65_535),
      sizeBytes: fields.integer("sizeBytes", 1, MAX_PICTURE_BYTES),
      sha256: bytesToHex(fields.bytes("sha256", SHA256_BYTES)),
    };
  });
}

/** Upward over HTTP: the announcement as COSE_Sign1 by the chip's own key. */
export function signPicture(picture: Picture, signer: Signer): Uint8Array {
  return sign1(encodePicture(picture), signer, PICTURE_AAD);
}

/** The announcement that one of the verifier's keys, a chip's, signed. */
export function openPicture(bytes: Uint8Array, verifier: Verifier): Decoded<Picture> {
  const opened = openSign1(bytes, verifier, PICTURE_AAD);
  return opened.ok ? decodePicture(opened.value) : opened;
}
