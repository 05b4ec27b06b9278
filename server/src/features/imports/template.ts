import type { ImportKind } from "@hanyouxu/api";
import { writeWorkbook } from "../../sheets/sheets.ts";
import { EXAMPLE_MARK, type ImportColumn, importColumns } from "./columns.ts";

const sheetNames: Readonly<Record<ImportKind, string>> = {
  enterprises: "单位",
  machines: "焊机",
  welders: "焊工",
};

/** An empty sheet to fill in: heads, one example row that is never taken in, and a sheet that explains the columns. */
export async function templateOf(
  kind: ImportKind,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const columns = importColumns[kind];
  const bytes = await writeWorkbook([
    {
      name: sheetNames[kind],
      widths: columns.map(({ width }) => width),
      rows: [columns.map(headOf), columns.map(({ example }) => example || null)],
      choices: columns.flatMap(({ choices }, column) => (choices ? [{ column, values: choices }] : [])),
    },
    {
      name: "填写说明",
      widths: [26, 20, 8, 70, 70],
      rows: [
        ["列", "English", "必填", "说明", "Explanation"],
        ...columns.map((column) => [
          column.title.zh,
          column.title.en,
          column.isNeeded ? "是" : "否",
          column.note.zh,
          column.note.en,
        ]),
        [],
        [
          "示例行",
          "example row",
          null,
          `含“${EXAMPLE_MARK}”的行是示例，导入时自动跳过，可删除；列的顺序可以改变，表头须保留`,
          `a row with ${EXAMPLE_MARK} is an example and passed over; columns may stand in any order, heads must stay`,
        ],
      ],
    },
  ]);
  return { name: `${sheetNames[kind]}导入模板.xlsx`, bytes };
}

/** A needed column's head carries a star, which is not part of its name. */
export function headOf({ title, isNeeded }: ImportColumn): string {
  return isNeeded ? `${title.zh}*` : title.zh;
}
