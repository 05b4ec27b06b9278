import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import ExcelJS from "exceljs";
import type { Cell } from "./cell.ts";

/** One sheet of a workbook: the first row is the head, drawn bold and kept in view. */
export interface SheetToWrite {
  name: string;
  /** Widths in characters, by column. */
  widths: readonly number[];
  rows: readonly (readonly Cell[])[];
  /** Columns (from 0) whose cells below the head offer a choice. */
  choices?: readonly { column: number; values: readonly string[] }[];
}

/** Rows that a choice is offered on. */
const LAST_CHOICE_ROW = 50_001;

const HEAD_FILL = { type: "pattern", pattern: "solid", fgColor: { argb: "FFDCE9F7" } } as const;

/**
 * A workbook's bytes, written as a stream. Text stays text: a cell that begins with `=` is a string and never a formula,
 * and every column is formatted as text, so that eighteen digits typed in later are kept.
 */
export async function writeXlsx(sheets: readonly SheetToWrite[]): Promise<Uint8Array<ArrayBuffer>> {
  const sink = new PassThrough();
  const whole = buffer(sink);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true });
  for (const { name, widths, rows, choices = [] } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.columns = widths.map((width) => ({ width, style: { numFmt: "@" } }));
    for (const { column, values } of choices) {
      const letter = String.fromCharCode(65 + column);
      // The typings leave this part of a sheet out.
      const { dataValidations } = sheet as unknown as { dataValidations: { model: Record<string, object> } };
      dataValidations.model[`${letter}2:${letter}${LAST_CHOICE_ROW}`] = {
        type: "list",
        allowBlank: true,
        showErrorMessage: true,
        formulae: [`"${values.join(",")}"`],
      };
    }
    let isHead = true;
    for (const cells of rows) {
      const row = sheet.addRow([...cells]);
      if (isHead) {
        row.eachCell((cell) => {
          cell.font = { bold: true };
          cell.fill = HEAD_FILL;
        });
      }
      isHead = false;
      row.commit();
    }
    sheet.commit();
  }
  await workbook.commit();
  return new Uint8Array(await whole);
}
