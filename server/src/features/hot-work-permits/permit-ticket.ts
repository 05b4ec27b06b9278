import type { Readable } from "node:stream";
import { measuresOf, type PermitMeasure, permitMeasures } from "@hanyouxu/api";
import {
  type HotWorkGrade,
  hotWorkGrades,
  hotWorkRegimeTitles,
  processTitles,
  shanghaiOffsetMs,
} from "@hanyouxu/rules";
import { printedVerificationCode } from "../../crypto/verification-code.ts";
import { chineseDocument, mm } from "../../pdf/chinese-document.ts";
import { drawQr } from "../../pdf/draw-qr.ts";
import { type FormCell, formTable } from "../../pdf/form-table.ts";
import { gradeWord, statusWord } from "./permit-table.ts";
import type { PermitRow, selectGasTests } from "./queries.ts";

/** Everything that the paper of a permit says; names as its reader may see them. */
export interface PermitTicket {
  permit: PermitRow;
  gasTests: readonly (Awaited<ReturnType<typeof selectGasTests>>[number] & { testerName: string })[];
  names: { welder: string; supervisor: string; fireWatch: string; approver: string };
  /** Masked. */
  certificateNumber: string | null;
  signature: Uint8Array | null;
  /** Where the code on the paper is looked up; null before the approval. */
  checkUrl: string | null;
}

const gasPlaces = {
  surroundings: "周围环境",
  "inside-equipment": "设备内",
  "confined-space": "受限空间内",
} as const;
const roles = {
  unit: "所在基层单位",
  "safety-department": "安全管理部门",
  "senior-manager": "主管领导",
} as const;
/** The permit on A4 in the layout of GB 30871-2022 table A.1: the paper is Chinese, whatever the reader's language. */
export function permitTicket(ticket: PermitTicket): Readable {
  const document = chineseDocument(`动火安全作业票 ${ticket.permit.permit_number}`);
  const table = formTable(document, (page) => drawHead(document, ticket, page));
  for (const row of rowsOf(ticket)) table.row(row.cells, row.heightMm);
  document.end();
  return document as unknown as Readable;
}

function drawHead(document: PDFKit.PDFDocument, { permit, checkUrl }: PermitTicket, page: number): number {
  const line = (size: number, text: string, yMm: number, align: "left" | "center") =>
    document
      .font("chinese")
      .fontSize(size)
      .fillColor("#000")
      .text(text, mm(15), mm(yMm), { width: mm(page === 1 && checkUrl ? 150 : 180), align });
  line(16, page === 1 ? "动火安全作业票" : "动火安全作业票（续）", 14, "center");
  line(9, `编号：${permit.permit_number}　　状态：${statusWord(permit.status).zh}`, 25, "left");
  const regime = hotWorkRegimeTitles[permit.regime].zh;
  line(7, `场所类别：${regime}　　版式：GB 30871—2022 表A.1　　第 ${page} 页`, 31, "left");
  if (permit.verification_code === null || checkUrl === null || page > 1) return 37;
  drawQr(document, checkUrl, { xMm: 167, yMm: 11, sideMm: 22 });
  const code = printedVerificationCode(permit.verification_code);
  document
    .font("chinese")
    .fontSize(7)
    .text(`验证码 ${code}`, mm(150), mm(35), { width: mm(45), align: "right" });
  return 40;
}

type Row = { cells: FormCell[]; heightMm?: number };

function rowsOf(ticket: PermitTicket): Row[] {
  const { permit, names } = ticket;
  const { form } = permit;
  const place = [permit.key_area_name, permit.floor && `${permit.floor} 层`, permit.place_description];
  const method = permit.method === null ? "" : processTitles[permit.method].zh;
  const certificate = ticket.certificateNumber ?? "未登记";
  return [
    pair(
      "作业申请单位",
      permit.site_owner_name ?? "（未登记用焊单位）",
      "作业申请时间",
      time(permit.submitted_at),
    ),
    pair("作业内容", permit.work_description, "动火地点及动火部位", place.filter(Boolean).join("　")),
    pair("动火作业级别", gradeBoxes(permit.grade_decided ?? permit.grade_declared), "动火方式", method),
    wide("动火人及证书编号", `${names.welder}　${certificate}`),
    pair("作业单位", permit.contractor_name ?? "（个人）", "作业负责人", names.supervisor),
    wide("焊机", permit.machine_name ?? "（未指定）"),
    ...gasRows(ticket),
    wide("关联的其他特殊作业及安全作业票编号", form.relatedPermits || "无"),
    wide("风险辨识结果", form.risks),
    wide("动火作业实施时间", spanOf(permit)),
    ...measureRows(ticket),
    // Who was told what at the place nobody has entered: both sign by hand.
    pair("安全交底人", "", "接受交底人", ""),
    wide("监护人", names.fireWatch),
    ...opinionRows(ticket),
  ];
}

function gasRows({ gasTests }: PermitTicket): Row[] {
  const head = ["取样分析时间", "位置", "代表性气体", "爆炸下限/%", "分析结果/%", "氧/%", "分析人"];
  const widths = [2.5, 1.8, 2, 1.4, 1.5, 1, 1.8];
  const cells = (texts: readonly string[], isHead: boolean) => ({
    cells: texts.map((text, index) => ({ text, twelfths: widths[index]!, isHead })),
  });
  const rows = gasTests.map((test) =>
    cells(
      [
        time(test.sampled_at),
        gasPlaces[test.place],
        test.gas,
        number(test.lel_vol_percent),
        number(test.measured_vol_percent),
        number(test.oxygen_vol_percent),
        test.testerName,
      ],
      false,
    ),
  );
  return [
    { cells: [{ text: "气体取样分析（体积分数）", twelfths: 12, isHead: true }] },
    cells(head, true),
    ...(rows.length > 0 ? rows : [cells(["无", "", "", "", "", "", ""], false)]),
  ];
}

function measureRows({ permit, names }: PermitTicket): Row[] {
  const { measures, otherMeasures } = permit.form;
  const cells = (no: string, text: string, involved: string, by: string, isHead = false): Row => ({
    cells: [
      { text: no, twelfths: 0.7, isHead: true },
      { text, twelfths: 8.3, isHead },
      { text: involved, twelfths: 1.3, isHead: true },
      { text: by, twelfths: 1.7, isHead: true },
    ],
  });
  const asked = measuresOf(permit.regime);
  const line = ({ id, title, tableLine }: PermitMeasure, index: number) => {
    const state = measures[id];
    const isAsked = asked.some((measure) => measure.id === id);
    return cells(
      tableLine === null ? `附${index + 1}` : String(tableLine),
      title.zh,
      state === "done" ? "是" : "否",
      isAsked && state !== undefined ? names.welder : "",
    );
  };
  const ofTable = permitMeasures.filter(({ tableLine }) => tableLine !== null);
  const ofPlatform = asked.filter(({ tableLine }) => tableLine === null);
  return [
    cells("序号", "安全措施", "是否涉及", "确认人", true),
    ...ofTable.map(line),
    cells(
      "16",
      `其他安全措施：${otherMeasures || "无"}`,
      otherMeasures ? "是" : "否",
      otherMeasures ? names.welder : "",
    ),
    ...ofPlatform.map(line),
  ];
}

function opinionRows({ permit, names, signature }: PermitTicket): Row[] {
  const opinion = (head: string, text: string, picture?: Uint8Array | null): Row => ({
    cells: [
      { text: head, twelfths: 3, isHead: true },
      { text, twelfths: 9, ...(picture ? { picture } : {}) },
    ],
    heightMm: 15,
  });
  const role = permit.approver_role;
  const approved = permit.approved_at
    ? `同意。${names.approver}（${roles[role!]}）　${time(permit.approved_at)}\n` +
      `现场审批：距动火点 ${Math.round(permit.approval_distance_metres ?? 0)} 米，定位误差 ${Math.round(permit.approval_accuracy_metres ?? 0)} 米`
    : "";
  const of = (level: NonNullable<typeof role>) =>
    role === level ? `${names.approver}　${time(permit.approved_at)}` : "";
  const ended =
    permit.status === "closed" ? `已确认无残留火种　${time(permit.ended_at)}` : (permit.status_reason ?? "");
  return [
    opinion("作业负责人意见", names.supervisor),
    opinion("所在单位意见", of("unit")),
    opinion("安全管理部门意见", of("safety-department")),
    opinion("动火审批人意见", approved, signature),
    opinion("动火前，岗位当班班长验票情况", ""),
    opinion("完工验收", ended),
  ];
}

function pair(head: string, text: string, secondHead: string, secondText: string): Row {
  return {
    cells: [
      { text: head, twelfths: 2, isHead: true },
      { text, twelfths: 4 },
      { text: secondHead, twelfths: 2, isHead: true },
      { text: secondText, twelfths: 4 },
    ],
  };
}

function wide(head: string, text: string): Row {
  return {
    cells: [
      { text: head, twelfths: 3, isHead: true },
      { text, twelfths: 9 },
    ],
  };
}

/** Boxes of plain letters: the font has no drawn ones. */
function gradeBoxes(grade: HotWorkGrade | null): string {
  if (grade === null) return "不分级";
  return hotWorkGrades.map((each) => `${gradeWord(each).zh} [${each === grade ? "x" : "  "}]`).join("　");
}

function spanOf(permit: PermitRow): string {
  const from = permit.valid_from ?? permit.planned_from;
  const to = permit.valid_to ?? permit.planned_to;
  return `自 ${time(from)} 至 ${time(to)} 止${permit.valid_from ? "" : "（计划，未批准）"}`;
}

/** 2026年3月1日 8时05分, in Shanghai. */
function time(at: Date | null): string {
  if (at === null) return "";
  const local = new Date(at.getTime() + shanghaiOffsetMs);
  const minutes = String(local.getUTCMinutes()).padStart(2, "0");
  return `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日 ${local.getUTCHours()}时${minutes}分`;
}

function number(value: number | null): string {
  return value === null ? "—" : String(value);
}
