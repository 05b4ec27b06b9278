import { Readable } from "node:stream";
import ExcelJS from "exceljs";
import type { Cell, SheetRows } from "./cell.ts";
import { SheetProblem } from "./sheet-problem.ts";
import { inAscii, textOfPart, type ZipPart, zipOfParts, zipPartsOf } from "./zip-parts.ts";

/**
 * The first sheet of a workbook, read as a stream.
 * @throws SheetProblem damaged, unpacked_too_large, too_many_rows
 */
export async function readXlsx(bytes: Uint8Array, mostRows: number): Promise<SheetRows> {
  const workbook = await inReadingOrder(await zipPartsOf(bytes)).catch(refuse);
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([workbook]), {
    worksheets: "emit",
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
  });
  const rows: Cell[][] = [];
  try {
    for await (const sheet of reader) {
      for await (const row of sheet) {
        if (row.number > mostRows + 1) throw new SheetProblem("too_many_rows", { most: mostRows });
        while (rows.length < row.number - 1) rows.push([]);
        const cells: Cell[] = [];
        row.eachCell((cell, place) => {
          while (cells.length < place - 1) cells.push(null);
          cells.push(cellOf(cell.value));
        });
        rows.push(detached(cells));
      }
    }
  } catch (error) {
    if (error instanceof SheetProblem) throw error;
    // Whatever the parser stumbles over lies in the file: XML that is none, styles that do not exist.
    throw new SheetProblem("damaged");
  }
  return rows;
}

const emptyStrings: ZipPart = {
  method: 0,
  crc: 0x85071652,
  packed: Buffer.from("<sst/>"),
  unpackedBytes: 6,
};

/**
 * The parts that are read, strings before the sheet: a reader that meets the sheet first would put it by in a file of its
 * own, where personal data lies open.
 */
async function inReadingOrder(parts: ReadonlyMap<string, ZipPart>): Promise<Buffer> {
  const part = (name: string) => parts.get(name) ?? refuse();
  const relations = part("xl/_rels/workbook.xml.rels");
  const workbook = part("xl/workbook.xml");
  const sheet = part(firstSheet(textOfPart(workbook), textOfPart(relations)));
  const styles = parts.get("xl/styles.xml");
  return zipOfParts([
    ["xl/_rels/workbook.xml.rels", relations],
    ["xl/workbook.xml", workbook],
    ...(styles ? ([["xl/styles.xml", styles]] as const) : []),
    ["xl/sharedStrings.xml", await inAscii(parts.get("xl/sharedStrings.xml") ?? emptyStrings)],
    ["xl/worksheets/sheet1.xml", await inAscii(sheet)],
  ]);
}

/** The path of the sheet that stands first in the workbook. */
function firstSheet(workbook: string, relations: string): string {
  const id = /<(?:\w+:)?sheet\s[^>]*?\w+:id="([^"]+)"/.exec(workbook)?.[1];
  for (const [relation] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    if (/\sId="([^"]+)"/.exec(relation)?.[1] !== id) continue;
    const target = /\sTarget="([^"]+)"/.exec(relation)?.[1] ?? "";
    return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  }
  return refuse();
}

function refuse(): never {
  throw new SheetProblem("damaged");
}

/** Copies: a text cut out of a piece of XML would keep the whole piece in memory. */
function detached(cells: Cell[]): Cell[] {
  return JSON.parse(JSON.stringify(cells)) as Cell[];
}

/** A formula is never computed: what counts is the value that the spreadsheet program left beside it. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (typeof value !== "object") return null;
  if ("richText" in value)
    return (value.richText as { text: string | null }[]).map(({ text }) => text ?? "").join("");
  if ("result" in value) return cellOf(value.result);
  if ("text" in value) return cellOf(value.text);
  if ("error" in value) return String(value.error);
  return null;
}
