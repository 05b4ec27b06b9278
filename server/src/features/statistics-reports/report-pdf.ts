import { buffer } from "node:stream/consumers";
import { chineseDocument, mm } from "../../pdf/chinese-document.ts";
import { chartHeightMm } from "../../pdf/draw-chart.ts";
import { pageFlow } from "../../pdf/page-flow.ts";
import { figureWords, type Report, type ReportCell, type ReportSection } from "./report.ts";
import { type ReportWords, reportWords } from "./report-words.ts";

/** A report on A4: its head on every page, charts as vectors, every figure in a table. */
export async function reportPdf(report: Report): Promise<Uint8Array<ArrayBuffer>> {
  const words = reportWords(report.language);
  const document = chineseDocument(report.title);
  const whole = buffer(document as unknown as NodeJS.ReadableStream);
  const flow = pageFlow(document, (page) => drawHead(document, report, page, words));
  for (const section of report.sections) printSection(flow, section, words);
  if (report.missing.length > 0) {
    flow.heading(words.pick("缺少的数字", "Missing figures"), 6);
    for (const line of report.missing) flow.text(line);
  }
  document.end();
  return new Uint8Array(await whole);
}

/** @returns where the page's own text begins, in millimetres from above */
function drawHead(document: PDFKit.PDFDocument, report: Report, page: number, { pick }: ReportWords): number {
  document.font("chinese");
  if (report.isDemo) {
    const mark = pick("演示：模拟数据", "Demo: simulated data");
    document.fontSize(9).fillColor("#b02a1c");
    document.text(mark, mm(195) - document.widthOfString(mark), mm(10), { lineBreak: false });
  }
  document.fontSize(7.5).fillColor("#555");
  const number = pick(`第 ${page} 页`, `page ${page}`);
  document.text(`${report.title}　${number}`, mm(15), mm(286), { lineBreak: false });
  if (page > 1) return 18;
  document.fontSize(18).fillColor("#123a66").text(report.title, mm(15), mm(16), { lineBreak: false });
  document.fontSize(9).fillColor("#222");
  let yMm = 27;
  for (const [label, text] of report.facts) {
    document.text(`${label}${pick("：", ": ")}${text}`, mm(15), mm(yMm), { lineBreak: false });
    yMm += 5;
  }
  return yMm + 1;
}

function printSection(flow: ReturnType<typeof pageFlow>, section: ReportSection, words: ReportWords): void {
  const { title, chart, heads, rows, notes } = section;
  flow.heading(title, chart ? chartHeightMm(chart) : 20);
  if (chart) flow.chart(chart);
  flow.table({ heads, rows: rows.map((row) => row.map((cell) => printed(cell, words))) });
  for (const note of notes) flow.text(note, 8);
}

function printed(cell: ReportCell, { withheld, noData }: ReportWords): { text: string; isNumber: boolean } {
  if (cell === null) return { text: "", isNumber: true };
  if (typeof cell === "string") return { text: cell, isNumber: cell === noData };
  return { text: figureWords(cell, withheld), isNumber: true };
}
