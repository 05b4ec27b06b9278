import type { Readable } from "node:stream";
import { printedVerificationCode } from "../../crypto/verification-code.ts";
import { chineseDocument, mm } from "../../pdf/chinese-document.ts";
import { drawQr } from "../../pdf/draw-qr.ts";
import { type FormCell, formTable } from "../../pdf/form-table.ts";
import type { ItemRow, RectificationRow } from "./queries.ts";
import { localTime } from "./tell-rectification.ts";

/** Everything that the paper says; names as its reader may see them. */
export interface RectificationNotice {
  row: RectificationRow;
  items: readonly ItemRow[];
  machineNames: readonly string[];
  issuerName: string;
  answerableName: string | null;
  /** Where the code on the paper is looked up. */
  checkUrl: string;
}

export const statusWords = {
  issued: "待整改",
  answered: "待复查",
  passed: "复查通过",
  cancelled: "已撤销",
} as const;
const severityWords = { danger: "危险", warning: "警告", notice: "提示" } as const;
const sourceWords = { alarm: "预警处置", inspection: "现场检查", free: "监督管理" } as const;

/** The notice on A4; Chinese, whatever the reader's language. */
export function rectificationNotice(notice: RectificationNotice): Readable {
  const document = chineseDocument(`整改通知 ${notice.row.rectification_number}`);
  const table = formTable(document, (page) => drawHead(document, notice, page));
  for (const cells of rowsOf(notice)) table.row(cells);
  document.end();
  return document as unknown as Readable;
}

function drawHead(
  document: PDFKit.PDFDocument,
  { row, checkUrl }: RectificationNotice,
  page: number,
): number {
  document.font("chinese").fontSize(16).fillColor("#000");
  document.text(page === 1 ? "整改通知" : "整改通知（续）", mm(15), mm(14), {
    width: mm(150),
    align: "center",
  });
  document
    .fontSize(9)
    .text(
      `编号：${row.rectification_number}　　状态：${statusWords[row.status]}　　第 ${page} 页`,
      mm(15),
      mm(25),
      {
        width: mm(150),
      },
    );
  if (page > 1) return 32;
  drawQr(document, checkUrl, { xMm: 167, yMm: 11, sideMm: 22 });
  document.fontSize(7).text(`验证码 ${printedVerificationCode(row.verification_code)}`, mm(150), mm(35), {
    width: mm(45),
    align: "right",
  });
  return 40;
}

function rowsOf({ row, items, machineNames, issuerName, answerableName }: RectificationNotice): FormCell[][] {
  const line = (...cells: readonly [label: string, text: string][]): FormCell[] =>
    cells.flatMap(([label, text]) => [
      { text: label, twelfths: 2, isHead: true },
      { text, twelfths: 12 / cells.length - 2 },
    ]);
  return [
    line(["整改单位", row.enterprise_name], ["行政区划", row.region_name]),
    line(["整改事由", row.title]),
    line(["来源", sourceWords[row.source]], ["级别", severityWords[row.severity]]),
    line(["下达人", issuerName], ["下达时间", localTime(row.issued_at)]),
    line(["责任人", answerableName ?? "单位全体安全管理员"], ["整改期限", localTime(row.due_at)]),
    line(["涉及焊机", machineNames.join("、") || "无"]),
    [
      { text: "序号", twelfths: 1, isHead: true },
      { text: "存在的问题", twelfths: 5, isHead: true },
      { text: "依据", twelfths: 3, isHead: true },
      { text: "整改情况", twelfths: 3, isHead: true },
    ],
    ...items.map((item) => [
      { text: String(item.item_no), twelfths: 1, isHead: true },
      { text: item.what, twelfths: 5 },
      { text: clauseWords(item), twelfths: 3 },
      { text: [itemWords[item.state], item.answer].filter(Boolean).join("："), twelfths: 3 },
    ]),
    line([
      "说明",
      "请在期限内逐项整改，在平台上答复并上传照片后提交复查；期限内确有困难的可申请延期，对本通知有异议的可在平台上申诉。",
    ]),
  ];
}

const itemWords = { open: "待整改", answered: "已答复，待复查", passed: "复查通过" } as const;

function clauseWords({ clause }: ItemRow): string {
  if (clause === null) return "未引用条款";
  const article = clause.article === null ? "" : ` 第 ${clause.article} 条`;
  return `${clause.source.zh}${article}${clause.verified ? "" : "（未核对原文）"}`;
}
