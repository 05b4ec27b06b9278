import type { Text } from "@hanyouxu/rules";
import type { SheetProblemCode } from "../../sheets/sheet-problem.ts";

type ProblemCode = SheetProblemCode | "columns_missing" | "columns_doubled" | "no_rows" | "gave_up";

/** Why a file as a whole is of no use, and what to do. */
export const problemTexts: Readonly<Record<ProblemCode, Text>> = {
  damaged: {
    zh: "文件已损坏或有密码保护，请在表格软件中打开后另存为 xlsx 再上传",
    en: "The file is damaged or protected: open it in a spreadsheet program, save it as xlsx and upload that",
  },
  unpacked_too_large: {
    zh: "文件解压后过大，请删除图片和多余工作表后重新保存",
    en: "The file unpacks to too much: remove pictures and other sheets and save it again",
  },
  out_of_memory: {
    zh: "文件内容过大，请分成几个文件上传",
    en: "The file holds too much: split it into several",
  },
  too_many_rows: {
    zh: "超过 {most} 行，请分成几个文件上传",
    en: "There are more than {most} rows: split the file into several",
  },
  encoding_unknown: {
    zh: "不能识别文字编码，请另存为 UTF-8 或 GBK 编码的 csv，或 xlsx",
    en: "The text encoding is unknown: save the csv as UTF-8 or GBK, or save it as xlsx",
  },
  empty: {
    zh: "文件中没有内容，请填写模板后上传",
    en: "The file is empty: fill in the template and upload it",
  },
  no_rows: {
    zh: "文件中只有表头或示例，没有可导入的行",
    en: "The file holds only the head or the example: there is no row to import",
  },
  columns_missing: {
    zh: "缺少列：{columns}。请下载模板，保留表头",
    en: "Columns are missing: {columns}. Download the template and keep its heads",
  },
  columns_doubled: {
    zh: "同一列出现两次：{columns}。请删除其中一列",
    en: "Columns stand twice: {columns}. Remove one of each",
  },
  gave_up: {
    zh: "多次尝试均未完成，没有导入任何数据；请重新上传，如再次出现请联系管理员",
    en: "It could not be finished after several tries and nothing is in: upload again, and if it returns tell an operator",
  },
};
