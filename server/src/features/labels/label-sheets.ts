import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { formatMachineCode, type MachineCode, machineCodeUrl } from "@hanyouxu/protocol";
import { chineseDocument, mm, wrapText } from "../../pdf/chinese-document.ts";
import { drawQr } from "../../pdf/draw-qr.ts";
import { LABELS_A_SHEET, labelCorner, QR_SIDE_MM, SHEET } from "./sheet-layout.ts";

export interface SheetLabel {
  /** Within the batch, from 0. */
  place: number;
  machineCode: MachineCode;
  /** Of the machine, where the label is on one. */
  name: string | null;
  model: string | null;
}

/**
 * The labels as A4 sheets. The pages are drawn one at a time while they are read, so that many sheets neither fill the
 * memory nor hold up other requests. Only the glyphs that occur are embedded.
 */
export function labelSheets(labels: readonly SheetLabel[], publicUrl: string, title: string): Readable {
  const document = chineseDocument(title);
  draw(document, labels, publicUrl, title).catch((error: unknown) => document.destroy(error as Error));
  return document as unknown as Readable;
}

async function draw(
  document: PDFKit.PDFDocument,
  labels: readonly SheetLabel[],
  publicUrl: string,
  title: string,
): Promise<void> {
  const sheets = sheetOf(labels.at(-1)?.place ?? 0) + 1;
  for (let sheet = 0; sheet < sheets; sheet++) {
    document.addPage();
    drawHead(document, `${title}　${sheet + 1} / ${sheets}`);
    for (const label of labels) {
      if (sheetOf(label.place) !== sheet) continue;
      drawLabel(document, label, labelCorner(label.place % LABELS_A_SHEET), publicUrl);
    }
    await setImmediate();
  }
  document.end();
}

function sheetOf(place: number): number {
  return Math.floor(place / LABELS_A_SHEET);
}

function drawHead(document: PDFKit.PDFDocument, text: string): void {
  document.font("chinese").fontSize(7).fillColor("#555");
  document.text(text, mm(SHEET.leftMm), mm(6), { width: mm(190), height: mm(4), ellipsis: true });
}

function drawLabel(
  document: PDFKit.PDFDocument,
  { machineCode, name, model }: SheetLabel,
  { xMm, yMm }: { xMm: number; yMm: number },
  publicUrl: string,
): void {
  drawCutMarks(document, xMm, yMm);
  const code = { xMm: xMm + 1, yMm: yMm + (SHEET.labelHeightMm - QR_SIDE_MM) / 2, sideMm: QR_SIDE_MM };
  const rightMm = drawQr(document, machineCodeUrl(publicUrl, machineCode), code) + xMm + 1;
  const textMm = rightMm + 0.5;
  const width = mm(xMm + SHEET.labelWidthMm - textMm - 1.5);
  const line = (font: string, size: number, text: string, y: number, height: number) =>
    document
      .font(font)
      .fontSize(size)
      .fillColor("#000")
      .text(text, mm(textMm), mm(yMm + y), { width, height: mm(height), ellipsis: true, lineGap: -1 });
  line("chinese", 12, "焊有序", 4, 6);
  line("chinese", 6, "扫码开机 · 以码管机", 10, 3);
  const groups = formatMachineCode(machineCode).split("-");
  line("Courier-Bold", 10.5, `${groups[0]}-${groups[1]}`, 15, 5);
  line("Courier-Bold", 10.5, `${groups[2]}-${groups[3]}`, 19.5, 5);
  if (model) line("chinese", 7.5, model, 25, 4);
  document.font("chinese").fontSize(6.5);
  const [first, second] = name ? wrapText(document, name, width, 2) : [];
  if (first) line("chinese", 6.5, first, 28.8, 3.4);
  if (second) line("chinese", 6.5, second, 31.8, 3.4);
}

/** Short lines at the corners: enough for scissors, and nothing beside the code that a reader could take for modules. */
function drawCutMarks(document: PDFKit.PDFDocument, xMm: number, yMm: number): void {
  const reach = 1.2;
  for (const [cornerX, towardsX] of [
    [xMm, 1],
    [xMm + SHEET.labelWidthMm, -1],
  ] as const) {
    for (const [cornerY, towardsY] of [
      [yMm, 1],
      [yMm + SHEET.labelHeightMm, -1],
    ] as const) {
      document.moveTo(mm(cornerX), mm(cornerY)).lineTo(mm(cornerX + towardsX * reach), mm(cornerY));
      document.moveTo(mm(cornerX), mm(cornerY)).lineTo(mm(cornerX), mm(cornerY + towardsY * reach));
    }
  }
  document.lineWidth(0.3).strokeColor("#888").stroke();
}
