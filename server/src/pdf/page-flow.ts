import { mm, wrapText } from "./chinese-document.ts";
import { type ChartToDraw, chartHeightMm, drawChart } from "./draw-chart.ts";
import { PageColumn } from "./page-column.ts";

/** A table as it is printed: cells that are numbers stand to the right. */
export interface TableToPrint {
  heads: readonly string[];
  rows: readonly (readonly { text: string; isNumber: boolean }[])[];
}

const LEFT_MM = 15;
const WIDTH_MM = 180;
const BOTTOM_MM = 280;
const PADDING_MM = 1;
const LINE_MM = 3.9;
/** A column of words takes as much as this many columns of numbers. */
const WORDS_SHARE = 1.9;

/**
 * Text, charts and tables one below the other on A4, going on to another page where one is full. A heading is never left
 * alone at the foot of a page, and a table's head comes again on each.
 * @param onPage draws what stands on every page, and returns where the rest begins, in millimetres from above
 */
export function pageFlow(document: PDFKit.PDFDocument, onPage: (page: number) => number) {
  const column = new PageColumn(document, BOTTOM_MM, onPage);

  const flow = {
    heading(text: string, withMm = 30): void {
      column.need(10 + withMm);
      column.yMm += 4;
      document.font("chinese").fontSize(12).fillColor("#123a66");
      document.text(text, mm(LEFT_MM), mm(column.yMm), { lineBreak: false });
      column.yMm += 7;
    },
    text(text: string, fontPoints = 9): void {
      document.font("chinese").fontSize(fontPoints);
      const lineMm = fontPoints * 0.5;
      for (const line of wrapText(document, text, mm(WIDTH_MM))) {
        column.need(lineMm);
        document.font("chinese").fontSize(fontPoints).fillColor("#222");
        document.text(line, mm(LEFT_MM), mm(column.yMm), { lineBreak: false });
        column.yMm += lineMm;
      }
    },
    chart(chart: ChartToDraw): void {
      const heightMm = chartHeightMm(chart);
      column.need(heightMm + 2);
      drawChart(document, chart, { xMm: LEFT_MM, yMm: column.yMm, widthMm: WIDTH_MM });
      column.yMm += heightMm + 3;
    },
    table({ heads, rows }: TableToPrint): void {
      const fontPoints = heads.length > 7 ? 7 : 8;
      const isWords = heads.map((_, at) =>
        rows.some((row) => row[at] && row[at].text !== "" && !row[at].isNumber),
      );
      const shares = isWords.map((is, at) => (is && at === 0 ? WORDS_SHARE : 1));
      const shareMm = WIDTH_MM / shares.reduce((sum, share) => sum + share, 0);
      const widthsMm = shares.map((share) => share * shareMm);
      const head = heads.map((text, at) => ({ text, isNumber: at > 0 && !isWords[at] }));
      const draw = (cells: TableToPrint["rows"][number], isHead: boolean): void => {
        document.font("chinese").fontSize(fontPoints);
        const laid = cells.map(({ text }, at) =>
          wrapText(document, text, mm(widthsMm[at]! - 2 * PADDING_MM)),
        );
        const heightMm = Math.max(...laid.map((lines) => lines.length)) * LINE_MM + 2 * PADDING_MM;
        if (column.need(heightMm)) {
          if (!isHead) draw(head, true);
          document.font("chinese").fontSize(fontPoints);
        }
        if (isHead) document.rect(mm(LEFT_MM), mm(column.yMm), mm(WIDTH_MM), mm(heightMm)).fill("#e3edf7");
        let xMm = LEFT_MM;
        for (const [at, lines] of laid.entries()) {
          document.fillColor("#000");
          for (const [index, line] of lines.entries()) {
            const text = line.trimEnd();
            const spareMm = widthsMm[at]! - 2 * PADDING_MM - document.widthOfString(text) / mm(1);
            const insetMm = PADDING_MM + (cells[at]!.isNumber ? Math.max(0, spareMm) : 0);
            const lineYMm = column.yMm + PADDING_MM + index * LINE_MM;
            document.text(text, mm(xMm + insetMm), mm(lineYMm), { lineBreak: false });
          }
          xMm += widthsMm[at]!;
        }
        column.yMm += heightMm;
        document.lineWidth(0.4).strokeColor("#c4ccd4");
        document
          .moveTo(mm(LEFT_MM), mm(column.yMm))
          .lineTo(mm(LEFT_MM + WIDTH_MM), mm(column.yMm))
          .stroke();
      };
      draw(head, true);
      for (const row of rows) draw(row, false);
      column.yMm += 2;
    },
  };
  return flow;
}
