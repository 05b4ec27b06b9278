import QRCode from "qrcode";
import { mm } from "./chinese-document.ts";

/** ISO/IEC 18004 §6.3.8: four modules of quiet zone on every side. */
export const QUIET_MODULES = 4;

/** How wide the quiet zone of `drawQr` is on each side. @param sideMm of the modules */
export function quietZoneMm(text: string, sideMm: number): number {
  return (QUIET_MODULES * sideMm) / QRCode.create(text, { errorCorrectionLevel: "Q" }).modules.size;
}

/**
 * A QR code of level Q with its quiet zone left and right; the corner is that of the quiet zone above the modules' own
 * upper edge.
 * @returns the width with the quiet zone, in millimetres
 */
export function drawQr(
  document: PDFKit.PDFDocument,
  text: string,
  { xMm, yMm, sideMm }: { xMm: number; yMm: number; sideMm: number },
): number {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "Q" });
  const moduleMm = sideMm / modules.size;
  const originX = xMm + QUIET_MODULES * moduleMm;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue;
      const from = column;
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++;
      document.rect(
        mm(originX + from * moduleMm),
        mm(yMm + row * moduleMm),
        mm((column - from + 1) * moduleMm),
        mm(moduleMm),
      );
    }
  }
  document.fill("#000");
  return sideMm + 2 * QUIET_MODULES * moduleMm;
}
