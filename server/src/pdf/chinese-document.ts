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

/**
 * Text as lines that fit a width in the document's present font, broken where they are full: Chinese has no spaces, and
 * the library's own breaking loses letters of it. Its own line breaks stay. Letters are measured one by one, each once:
 * the layout of a whole line takes the library milliseconds.
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
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    let width = 0;
    for (const letter of paragraph) {
      if (line !== "" && width + widthOf(letter) > widthPoints - 1 && !STAYS_BEHIND.includes(letter)) {
        lines.push(line);
        line = "";
        width = 0;
      }
      line += letter;
      width += widthOf(letter);
    }
    lines.push(line);
  }
  return lines.slice(0, mostLines);
}
