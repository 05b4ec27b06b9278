import type { Readable } from "node:stream";
import { formatSiteSignCode, type SiteSignCode, siteSignUrl } from "@hanyouxu/protocol";
import { keyAreaKindTitles } from "@hanyouxu/rules";
import { chineseDocument, mm, wrapText } from "../../pdf/chinese-document.ts";
import { drawQr, quietZoneMm } from "../../pdf/draw-qr.ts";
import type { KeyAreaRow } from "../key-areas/key-areas.ts";

export interface PrintedSign {
  signCode: SiteSignCode;
  floor: string | null;
}

/** Everything on a page of A4 in millimetres; A5 is the same at 1/√2. */
const A4_WIDTH_MM = 210;
const PAPER = { A4: 1, A5: Math.SQRT1_2 } as const;
const QR_SIDE_MM = 92;
const RED = "#b42318";

const demandWords = {
  permit: "动火作业票",
  sceneCheck: "现场核查",
  fireWatch: "监护人扫码",
  smoulderWatch: "余火监护",
} as const;

/** The signs of an area, one a page, to be hung where everybody who comes to weld sees them. */
export function signPages(
  area: Pick<KeyAreaRow, "name" | "kind" | "region_name" | "policy">,
  signs: readonly PrintedSign[],
  { publicUrl, paper }: { publicUrl: string; paper: keyof typeof PAPER },
): Readable {
  const document = chineseDocument(`${area.name} 场所牌`, paper);
  for (const sign of signs) {
    document.addPage();
    drawSign({ document, scale: PAPER[paper] }, area, sign, publicUrl);
  }
  document.end();
  return document as unknown as Readable;
}

/** A page whose measures are those of A4. The library's own scaling would break pages by the wrong height. */
interface Page {
  document: PDFKit.PDFDocument;
  scale: number;
}

function drawSign(
  page: Page,
  area: Parameters<typeof signPages>[0],
  { signCode, floor }: PrintedSign,
  publicUrl: string,
): void {
  const { document, scale } = page;
  document.rect(0, 0, mm(A4_WIDTH_MM * scale), mm(46 * scale)).fill(RED);
  centred(page, "重点区域　动火须先扫码", 30, 12, "#fff");
  centred(page, "焊有序 · 以码管机 · 以机管人", 13, 30, "#fff");
  document.font("chinese").fontSize(28 * scale);
  const lines = wrapText(document, area.name, mm((A4_WIDTH_MM - 30) * scale), 2);
  for (const [index, line] of lines.entries()) centred(page, line, 28, 54 + index * 13, "#000");
  const kind = `${keyAreaKindTitles[area.kind].zh} · ${area.region_name}`;
  centred(page, floor === null ? kind : `${kind} · ${floorWords(floor)}`, 17, 82, "#333");
  const url = siteSignUrl(publicUrl, signCode);
  const sideMm = QR_SIDE_MM * scale;
  const xMm = (A4_WIDTH_MM * scale - sideMm) / 2 - quietZoneMm(url, sideMm);
  drawQr(document, url, { xMm, yMm: 104 * scale, sideMm });
  centred(page, formatSiteSignCode(signCode), 20, 206, "#000", "Courier-Bold");
  const demands = (Object.keys(demandWords) as (keyof typeof demandWords)[])
    .filter((demand) => area.policy.demands[demand])
    .map((demand) => demandWords[demand]);
  if (demands.length > 0) centred(page, `本区域动火须有：${demands.join("、")}`, 15, 224, "#000");
  if (area.policy.workWhileOpen === "forbidden") centred(page, "营业（开放）期间禁止动火", 19, 238, RED);
  centred(page, "发现违规动火请立即制止并拨打 119", 13, 258, "#333");
}

function centred(
  { document, scale }: Page,
  text: string,
  size: number,
  yMm: number,
  colour: string,
  font = "chinese",
): void {
  document
    .font(font)
    .fontSize(size * scale)
    .fillColor(colour);
  document.text(text, 0, mm(yMm * scale), { width: mm(A4_WIDTH_MM * scale), align: "center" });
}

function floorWords(floor: string): string {
  if (floor === "R") return "屋面";
  return floor.startsWith("B") ? `地下 ${floor.slice(1)} 层` : `${floor} 层`;
}
