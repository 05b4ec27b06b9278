import { mm, wrapText } from "./chinese-document.ts";
import { PageColumn } from "./page-column.ts";

/** A cell of a form: its words, and how many of the row's twelfths it takes. */
export interface FormCell {
  text: string;
  twelfths: number;
  /** A label: grey, in the middle. */
  isHead?: boolean;
  /** A PNG to the right of the words. */
  picture?: Uint8Array | undefined;
}

const LEFT_MM = 15;
const WIDTH_MM = 180;
const BOTTOM_MM = 282;
const PADDING_MM = 1.2;
const LINE_MM = 4.2;
const PICTURE_MM = { width: 36, height: 13 };

/**
 * Draws a form row by row, ruled, and goes on to another page where one is full. Each page begins with what `onPage`
 * draws.
 * @param onPage returns where the table begins on the page, in millimetres from above
 */
export function formTable(document: PDFKit.PDFDocument, onPage: (page: number) => number) {
  const column = new PageColumn(document, BOTTOM_MM, onPage);
  return {
    row(cells: readonly FormCell[], leastHeightMm = 6.6): void {
      document.font("chinese").fontSize(8.5);
      const laid = cells.map((cell) => {
        const widthMm = (WIDTH_MM * cell.twelfths) / 12;
        const wordsMm = widthMm - 2 * PADDING_MM - (cell.picture ? PICTURE_MM.width : 0);
        return { ...cell, widthMm, lines: wrapText(document, cell.text, mm(wordsMm)) };
      });
      const heightMm = Math.max(
        leastHeightMm,
        ...laid.map(
          ({ lines, picture }) =>
            2 * PADDING_MM + Math.max(lines.length * LINE_MM, picture ? PICTURE_MM.height : 0),
        ),
      );
      column.need(heightMm);
      let xMm = LEFT_MM;
      for (const cell of laid) {
        drawCell(document, cell, xMm, column.yMm, heightMm);
        xMm += cell.widthMm;
      }
      column.yMm += heightMm;
    },
  };
}

function drawCell(
  document: PDFKit.PDFDocument,
  { lines, widthMm, isHead, picture }: FormCell & { lines: string[]; widthMm: number },
  xMm: number,
  yMm: number,
  heightMm: number,
): void {
  document.lineWidth(0.5).strokeColor("#000");
  document.rect(mm(xMm), mm(yMm), mm(widthMm), mm(heightMm)).stroke();
  document
    .font("chinese")
    .fontSize(8.5)
    .fillColor(isHead ? "#333" : "#000");
  const topMm = yMm + (heightMm - lines.length * LINE_MM) / 2;
  for (const [index, line] of lines.entries()) {
    const insetMm = isHead ? (widthMm - document.widthOfString(line) / mm(1)) / 2 : PADDING_MM;
    document.text(line, mm(xMm + insetMm), mm(topMm + index * LINE_MM), { lineBreak: false });
  }
  if (picture) {
    document.image(
      Buffer.from(picture),
      mm(xMm + widthMm - PICTURE_MM.width - PADDING_MM),
      mm(yMm + PADDING_MM),
      {
        fit: [mm(PICTURE_MM.width), mm(heightMm - 2 * PADDING_MM)],
      },
    );
  }
}
