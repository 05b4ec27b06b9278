import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const DOTS_PER_INCH = 200;

export interface ReadCode {
  text: string;
  /** QR code error correction: L, M, Q or H. */
  level: string;
  /** The side of the modules on paper. */
  sideMm: number;
}

/** Renders a PDF as a printer would (Poppler) and reads its QR codes back (ZXing), page by page. */
export async function readSheets(pdf: Uint8Array): Promise<ReadCode[][]> {
  const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  const dir = mkdtempSync(join(tmpdir(), "hy-sheets-"));
  try {
    writeFileSync(join(dir, "sheets.pdf"), pdf);
    execFileSync("pdftoppm", ["-png", "-gray", "-r", String(DOTS_PER_INCH), "sheets.pdf", "page"], {
      cwd: dir,
    });
    const pages = readdirSync(dir)
      .filter((name) => name.endsWith(".png"))
      .sort();
    const read: ReadCode[][] = [];
    for (const page of pages) {
      const found = await readBarcodes(new Uint8Array(readFileSync(join(dir, page))), {
        formats: ["QRCode"],
        maxNumberOfSymbols: 255,
      });
      read.push(
        found.map(({ text, ecLevel, position }) => ({
          text,
          level: ecLevel ?? "",
          sideMm:
            (Math.hypot(position.topRight.x - position.topLeft.x, position.topRight.y - position.topLeft.y) /
              DOTS_PER_INCH) *
            25.4,
        })),
      );
    }
    return read;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The text that a PDF holds, as Poppler finds it: what can be searched and read aloud. */
export function textOfPdf(pdf: Uint8Array): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
}
