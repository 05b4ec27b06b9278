import { createRequire } from "node:module";
import QRCode from "qrcode";

/** The glyphs of simplified Chinese for documents; only those that occur are embedded. */
export const CHINESE_FONT = createRequire(import.meta.url).resolve(
  "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
);

const POINTS_A_MM = 72 / 25.4;

/** Millimetres in PDF points. */
export const mm = (millimetres: number) => millimetres * POINTS_A_MM;

/**
 * A QR code of level Q, as vectors. The caller leaves its quiet zone white all around.
 * @param at left upper corner of the modules
 * @param sideMm of the modules, quiet zone not counted
 */
export function drawQr(
  document: PDFKit.PDFDocument,
  text: string,
  at: { xMm: number; yMm: number },
  sideMm: number,
): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "Q" });
  const moduleMm = sideMm / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      const from = column;
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++;
      document.rect(
        mm(at.xMm + from * moduleMm),
        mm(at.yMm + row * moduleMm),
        mm((column - from + 1) * moduleMm),
        mm(moduleMm),
      );
    }
  }
  document.fill("#000");
}

/** How wide the quiet zone of `drawQr` is on every side: four modules (ISO/IEC 18004 §6.3.8). */
export function quietZoneMm(text: string, sideMm: number): number {
  return (4 * sideMm) / QRCode.create(text, { errorCorrectionLevel: "Q" }).modules.size;
}

/**
 * The lines of a text in the document's present font, broken where they are full: names here have no spaces, and the
 * library's own breaking loses letters of them. What does not fit is left out.
 */
export function brokenLines(
  document: PDFKit.PDFDocument,
  text: string,
  widthPoints: number,
  mostLines: number,
): string[] {
  const letters = [...text];
  const lines: string[] = [];
  for (let from = 0; from < letters.length && lines.length < mostLines; ) {
    let count = letters.length - from;
    while (count > 1 && document.widthOfString(letters.slice(from, from + count).join("")) > widthPoints - 1)
      count--;
    lines.push(letters.slice(from, from + count).join(""));
    from += count;
  }
  return lines;
}
