import { cleanJpeg } from "./clean-jpeg.ts";
import { cleanPng } from "./clean-png.ts";
import { cleanWebp } from "./clean-webp.ts";

export type PictureType = "image/jpeg" | "image/png" | "image/webp";

export interface Picture {
  type: PictureType;
  bytes: Uint8Array;
}

/**
 * A picture as its bytes say, whatever it is called, without what cameras and programs write beside the image: place,
 * time, device, text, thumbnails. Undefined for anything that is no whole JPEG, PNG or WebP. Pixels are not touched.
 */
export function cleanPicture(bytes: Uint8Array): Picture | undefined {
  const jpeg = cleanJpeg(bytes);
  if (jpeg) return { type: "image/jpeg", bytes: jpeg };
  const png = cleanPng(bytes);
  if (png) return { type: "image/png", bytes: png };
  const webp = cleanWebp(bytes);
  return webp && { type: "image/webp", bytes: webp };
}
