import type { Readable } from "node:stream";
import { keyAreaKindTitles, shanghaiOffsetMs } from "@hanyouxu/rules";
import { chineseDocument, mm } from "../../pdf/chinese-document.ts";
import { type FormCell, formTable } from "../../pdf/form-table.ts";
import type { ClearanceRow, EventRow, SmoulderCheckRow } from "./queries.ts";
import { eventWords, newsWords, phaseWords } from "./record-words.ts";
import type { SceneRow } from "./scene-queries.ts";
import type { CallRow } from "./station-queries.ts";

/** Everything that the printed record says; names as its reader may see them. */
export interface ClearanceRecord {
  row: ClearanceRow;
  permitNumber: string | null;
  welderName: string;
  events: readonly (Pick<EventRow, "seq" | "at" | "event" | "effects"> & { actorName: string })[];
  scenes: readonly SceneRow[];
  calls: readonly CallRow[];
  smoulderChecks: readonly (Pick<SmoulderCheckRow, "at" | "is_safe" | "note"> & { personName: string })[];
  /** What every picture and film is, by its digest: whoever has the original can prove that it is this one. */
  evidence: readonly { atMs: number; what: string; sha256: string | null }[];
}

const verdictWords = { waiting: "待核查", pass: "通过", fail: "不通过", refer: "转消防站" } as const;
const callWords = {
  alerted: "已通知",
  accepted: "已接单",
  "on-site": "已到场",
  released: "放行",
  forbidden: "禁止动火",
} as const;

/** The record of a clearance on A4. */
export function clearanceRecord(record: ClearanceRecord): Readable {
  const { row } = record;
  const document = chineseDocument(`动火许可记录 ${row.clearance_id}`);
  const table = formTable(document, (page) => drawHead(document, record, page));
  for (const cells of rowsOf(record)) table.row(cells);
  document.end();
  return document as unknown as Readable;
}

function drawHead(document: PDFKit.PDFDocument, { row }: ClearanceRecord, page: number): number {
  const title = page === 1 ? "重点区域动火许可记录" : "重点区域动火许可记录（续）";
  document.font("chinese").fontSize(16).fillColor("#000");
  document.text(title, mm(15), mm(14), { width: mm(180), align: "center" });
  document.fontSize(8).text(`编号：${row.clearance_id}　　第 ${page} 页`, mm(15), mm(25), { width: mm(180) });
  return 32;
}

function rowsOf(record: ClearanceRecord): FormCell[][] {
  const { row } = record;
  const place = `${row.latitude_degrees.toFixed(6)}, ${row.longitude_degrees.toFixed(6)}（WGS-84）`;
  return [
    pair(
      "重点区域",
      `${row.key_area_name}（${keyAreaKindTitles[row.key_area_kind].zh}）`,
      "行政区划",
      row.region_name,
    ),
    pair("焊机", row.machine_name, "涉焊单位", row.enterprise_name),
    pair("焊工", record.welderName, "动火作业票", record.permitNumber ?? "不要求"),
    pair("动火点", row.floor === null ? place : `${place}　${row.floor} 层`, "状态", phaseWords[row.phase]),
    pair("开始", moment(row.opened_at), "结束", row.ended_at ? moment(row.ended_at) : "未结束"),
    head("经过"),
    ...record.events.map(({ at, event, effects, actorName }) => {
      const told = effects.map((effect) => (effect.kind === "tell" ? newsWords[effect.what] : undefined));
      const led = [...new Set(told.filter((word) => word !== undefined))].join("、");
      return cells([moment(at), 3], [eventWords[event.kind], 3], [actorName, 2], [led, 4]);
    }),
    head("现场核查"),
    ...record.scenes.map((scene) =>
      cells(
        [`第 ${scene.attempt} 次　${moment(scene.submitted_at)}`, 4],
        [verdictWords[scene.status], 2],
        [[scene.reason, ...scene.findings.map(({ note }) => note)].filter(Boolean).join("；"), 6],
      ),
    ),
    ...(record.calls.length > 0 ? [head("消防站处置")] : []),
    ...record.calls.map((call) =>
      cells([moment(call.called_at), 4], [callWords[call.status], 2], [call.reason ?? "", 6]),
    ),
    ...(record.smoulderChecks.length > 0 ? [head("余火检查")] : []),
    ...record.smoulderChecks.map((check) =>
      cells(
        [moment(check.at), 4],
        [check.is_safe ? "无余火" : "发现余火", 2],
        [[check.personName, check.note].filter(Boolean).join("　"), 6],
      ),
    ),
    head("照片、视频（SHA-256）"),
    ...record.evidence.map(({ atMs, what, sha256 }) =>
      cells([moment(new Date(atMs)), 3], [what, 1.5], [sha256 ?? "", 7.5]),
    ),
  ];
}

const head = (text: string): FormCell[] => [{ text, twelfths: 12, isHead: true }];
const cells = (...texts: readonly (readonly [string, number])[]): FormCell[] =>
  texts.map(([text, twelfths]) => ({ text, twelfths }));
const pair = (label: string, text: string, other: string, otherText: string): FormCell[] => [
  { text: label, twelfths: 1.5, isHead: true },
  { text, twelfths: 4.5 },
  { text: other, twelfths: 1.5, isHead: true },
  { text: otherText, twelfths: 4.5 },
];

/** In Asia/Shanghai, to the second. */
function moment(at: Date): string {
  return new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 19).replace("T", " ");
}
