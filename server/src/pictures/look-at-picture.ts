import exif from "exif-reader";
import sharp from "sharp";
import { cleanPicture, type PictureType } from "./clean-picture.ts";
import { type Fingerprint, fingerprintOf, GREY_SIDE, hasDetail } from "./fingerprint.ts";

/** Pixels of a photo at most: 50 million, more than phones take, and 200 MB when decoded. */
const MOST_PIXELS = 50_000_000;
const PREVIEW_PIXELS = 640;
/** Cameras write their local time; without its offset it is taken for China's. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

// Pictures are looked at once, one at a time: nothing to keep, and one core to leave for others.
sharp.cache(false);
sharp.concurrency(1);

export interface SeenPicture {
  mediaType: PictureType;
  widthPixels: number;
  heightPixels: number;
  /** A small JPEG. */
  preview: Uint8Array;
  fingerprint: Fingerprint;
  hasDetail: boolean;
  /** When the camera says that it took the picture; undefined when it says nothing. */
  recordedAtMs: number | undefined;
}

export type PictureProblem = "type" | "pixels" | "unreadable";

/**
 * Looks at a photo by its content, never by its name: decodes it within bounds, and says what it looks like. Nothing
 * that the picture's head promises is believed before its size is known.
 */
export async function lookAtPicture(bytes: Uint8Array): Promise<SeenPicture | PictureProblem> {
  const picture = cleanPicture(bytes);
  if (!picture) return isBegunAsPicture(bytes) ? "unreadable" : "type";
  try {
    const head = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (head.width * head.height > MOST_PIXELS) return "pixels";
    const open = () => sharp(picture.bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" });
    const grey = await open()
      .flatten()
      .resize(GREY_SIDE, GREY_SIDE, { fit: "fill" })
      .greyscale()
      .raw()
      .toBuffer();
    const preview = await open()
      .flatten()
      .resize(PREVIEW_PIXELS, PREVIEW_PIXELS, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer();
    return {
      mediaType: picture.type,
      widthPixels: head.width,
      heightPixels: head.height,
      preview: new Uint8Array(preview),
      fingerprint: fingerprintOf(grey),
      hasDetail: hasDetail(grey),
      recordedAtMs: head.exif && recordedAt(head.exif),
    };
  } catch {
    return "unreadable";
  }
}

/** Whether the first bytes are those of a JPEG, PNG or WebP, whatever has become of the rest. */
function isBegunAsPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return head.startsWith("\xff\xd8\xff") || head.startsWith("\x89PNG\r\n") || /^RIFF.{4}WEBP$/s.test(head);
}

/** EXIF DateTimeOriginal, with its offset where there is one (CIPA DC-008 §4.6.5). */
function recordedAt(bytes: Buffer): number | undefined {
  try {
    const tags = exif(bytes);
    const local = tags.Photo?.DateTimeOriginal ?? tags.Image?.DateTime;
    if (!(local instanceof Date) || Number.isNaN(local.getTime())) return undefined;
    const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(tags.Photo?.OffsetTimeOriginal ?? "") ?? [];
    const offsetMs = hours
      ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
      : CHINA_OFFSET_MS;
    return local.getTime() - offsetMs;
  } catch {
    // Text of no meaning where a camera's should be says nothing about the time.
    return undefined;
  }
}
