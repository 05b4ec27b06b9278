import { type Language, MAX_IMPORT_ROWS } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Cell } from "../../sheets/cell.ts";
import { openSheet, writeWorkbook } from "../../sheets/sheets.ts";
import { isBlank } from "./check-import.ts";
import { importColumns } from "./columns.ts";
import { fileOf } from "./file.ts";
import { issueMessage } from "./issues.ts";
import { type ImportRow, selectFile, selectIssues } from "./queries.ts";

const heads = {
  "zh-CN": { row: "原行号", what: "错误与提示" },
  en: { row: "row in the file", what: "errors and warnings" },
} as const;
const ROWS_AT_ONCE = 1_000;

/**
 * The rows that need attention as they were uploaded, with what is wrong in a last column: corrected, this sheet can be
 * uploaded again as it is, for heads that are no column's are passed over.
 * @throws AppError import.file_gone
 */
export async function reportOf(
  ctx: Pick<AppContext, "db" | "personalData" | "audit">,
  row: ImportRow,
  actor: string,
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const file_ciphertext = await selectFile(ctx.db, row.import_id);
  if (file_ciphertext === null) throw new AppError("import.file_gone");
  const titles = new Map(
    importColumns[row.kind].map(({ key, title }) => [key, title[language === "en" ? "en" : "zh"]]),
  );
  const texts = new Map<number, string[]>();
  for (const issue of await selectIssues(ctx.db, { importId: row.import_id })) {
    const text = `${titles.get(issue.column_key)}：${issueMessage(issue.code, issue.details, language)}`;
    texts.set(issue.row_number, [...(texts.get(issue.row_number) ?? []), text]);
  }
  const rows: Cell[][] = [];
  const sheet = await openSheet(fileOf(ctx, { file_ciphertext }), row.file_format, MAX_IMPORT_ROWS);
  for (let from = 0; from < sheet.rowCount; from += ROWS_AT_ONCE) {
    sheet.rows(from, ROWS_AT_ONCE).forEach((cells, offset) => {
      const number = from + offset + 1;
      const { row: rowHead, what } = heads[language];
      if (rows.length === 0) {
        if (!isBlank(cells)) rows.push([rowHead, ...cells, what]);
      } else if (texts.has(number)) {
        const width = rows[0]!.length - 2;
        const padded = Array.from({ length: width }, (_, index) => cells[index] ?? null);
        rows.push([number, ...padded, texts.get(number)!.join("\n")]);
      }
    });
  }
  await ctx.audit.record(ctx.db, {
    actor,
    action: "import.report_downloaded",
    subject: `import:${row.import_id}`,
    details: { rows: rows.length - 1 },
  });
  const widths = rows[0]!.map((_, index) => (index === rows[0]!.length - 1 ? 60 : 18));
  return await writeWorkbook([{ name: heads["zh-CN"].what, widths, rows }]);
}
