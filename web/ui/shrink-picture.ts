/** Long enough to read the small print of a certificate, or a wiring diagram. */
const LONGEST_SIDE = 1_800;

export interface ShrunkPicture {
  base64: string;
  /** For showing it; the caller revokes it. */
  url: string;
  /** For reading codes; undefined where the browser cannot draw the file. */
  bitmap: ImageBitmap | undefined;
}

/**
 * Draws a photo again, upright and no larger than needed: a few hundred kilobytes instead of many megabytes, and nothing
 * of the camera's notes. A file that the browser cannot draw is sent as it is; the platform judges it.
 */
export async function shrinkPicture(file: File): Promise<ShrunkPicture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
  const blob = (bitmap && (await drawn(bitmap))) ?? file;
  return { base64: await base64Of(blob), url: URL.createObjectURL(blob), bitmap };
}

async function drawn(bitmap: ImageBitmap): Promise<Blob | undefined> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  // A transparent picture would turn black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", 0.85),
  );
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  // One call takes so many arguments and no more.
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
