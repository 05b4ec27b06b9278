import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import { woffToSfnt } from "./woff-to-sfnt.ts";

const FONT_FILE = createRequire(import.meta.url).resolve(
  "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
);
let font: Buffer | undefined;
const POINTS_A_MM = 72 / 25.4;

/** Millimetres as the points that a PDF counts in. */
export const mm = (millimetres: number) => millimetres * POINTS_A_MM;

/** A document without pages, with the font `chinese`; only the glyphs that occur are embedded. */
export function chineseDocument(title: string, size: "A4" | "A5" = "A4"): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size,
    margin: 0,
    autoFirstPage: false,
    info: { Title: title, Creator: "焊有序 Hanyouxu" },
  });
  // Read with the first document, and kept: a few megabytes.
  font ??= woffToSfnt(readFileSync(FONT_FILE));
  document.registerFont("chinese", font);
  return document;
}

/** What never begins a line in Chinese: it hangs over the edge instead. */
const STAYS_BEHIND = "，。、；：！？）】》”";

/** A Latin word or number with its marks; everything else stands for itself, letter by letter. */
const UNITS = /[!-~]+|./gsu;

/**
 * Text as lines that fit a width in the document's present font, broken where they are full: Chinese has no spaces, and
 * the library's own breaking loses letters of it. A Latin word is broken only where a line is too short for it. Its own
 * line breaks stay. Letters are measured one by one, each once: the layout of a whole line takes the library milliseconds.
 * @param mostLines what is over is left out
 */
export function wrapText(
  document: PDFKit.PDFDocument,
  text: string,
  widthPoints: number,
  mostLines = Number.POSITIVE_INFINITY,
): string[] {
  const widths = new Map<string, number>();
  const widthOf = (letter: string) => {
    const known = widths.get(letter) ?? document.widthOfString(letter);
    widths.set(letter, known);
    return known;
  };
  const most = widthPoints - 1;
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    let width = 0;
    for (const unit of paragraph.match(UNITS) ?? []) {
      const unitWidth = [...unit].reduce((sum, letter) => sum + widthOf(letter), 0);
      for (const part of unitWidth > most ? unit : [unit]) {
        const partWidth = part === unit ? unitWidth : widthOf(part);
        const hangs = STAYS_BEHIND.includes(part) || part === " ";
        if (line !== "" && width + partWidth > most && !hangs) {
          lines.push(line);
          line = "";
          width = 0;
        }
        line += part;
        width += partWidth;
      }
    }
    lines.push(line);
  }
  return lines.slice(0, mostLines);
}
