import { type ExportFormat, MAX_EXPORT_ROWS } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Cell } from "../../sheets/cell.ts";
import { writeWorkbook } from "../../sheets/sheets.ts";
import { writeCsv } from "../../sheets/write-csv.ts";

/** A list as a table of cells: heads with their widths, and rows. */
export interface ExportTable {
  /** Of the file and its sheet, with the list in it. */
  list: string;
  title: string;
  heads: readonly (readonly [head: string, width: number])[];
  rows: readonly (readonly Cell[])[];
}

/**
 * The file of a list, and the record of who took it: how many rows by which filters. A spreadsheet is written in a thread
 * of its own.
 * @throws AppError export.too_many_rows
 */
export async function exportFile(
  ctx: Pick<AppContext, "db" | "audit" | "clock">,
  actor: string,
  table: ExportTable,
  { format, ...filters }: { format: ExportFormat } & Record<string, unknown>,
): Promise<{ name: string; bytes: Uint8Array }> {
  if (table.rows.length > MAX_EXPORT_ROWS) throw new AppError("export.too_many_rows");
  const rows = [table.heads.map(([head]) => head), ...table.rows];
  const bytes =
    format === "csv"
      ? writeCsv(rows)
      : await writeWorkbook([{ name: table.title, widths: table.heads.map(([, width]) => width), rows }]);
  await ctx.audit.record(ctx.db, {
    actor,
    action: "list.exported",
    subject: `list:${table.list}`,
    details: { format, rows: table.rows.length, filters },
  });
  const day = new Date(ctx.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
  return { name: `${table.title}-${day}.${format}`, bytes };
}

export { shanghaiTime } from "./shanghai-time.ts";
