import type { Cell } from "../../sheets/cell.ts";
import type { SheetToWrite } from "../../sheets/write-xlsx.ts";
import type { Report, ReportCell } from "./report.ts";
import { reportWords } from "./report-words.ts";

/** A name of a sheet has 31 letters at most and none of these. */
const sheetName = (at: number, title: string) => `${at}. ${title}`.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);

/** A report as a workbook: what it is first, then a sheet a section. Figures are numbers. */
export function reportSheets(report: Report): SheetToWrite[] {
  const { pick, withheld } = reportWords(report.language);
  const cellOf = (cell: ReportCell): Cell => {
    if (cell === null || typeof cell === "string") return cell;
    return cell.isWithheld ? withheld : cell.value === null ? null : Number(cell.value.toFixed(cell.digits));
  };
  const cover: Cell[][] = [
    [report.title, null],
    ...(report.isDemo
      ? [[pick("演示", "Demo"), pick("模拟数据，不是真实情况", "simulated data, not real")]]
      : []),
    ...report.facts.map(([label, text]) => [label, text]),
    ...report.missing.map((line, at) => [at === 0 ? pick("缺少的数字", "Missing figures") : null, line]),
  ];
  return [
    { name: pick("说明", "About"), widths: [22, 100], rows: cover },
    ...report.sections.map(({ title, notes, heads, rows }, at) => ({
      name: sheetName(at + 1, title),
      widths: heads.map((_, column) => (column === 0 ? 34 : 18)),
      rows: [heads, ...rows.map((row) => row.map(cellOf)), ...notes.map((note) => [note])],
    })),
  ];
}
