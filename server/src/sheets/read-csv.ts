import { parse } from "csv-parse/sync";
import type { SheetRows } from "./cell.ts";
import { SheetProblem } from "./sheet-problem.ts";

/**
 * A comma- or tab-separated text, UTF-8 with or without a byte order mark, else GB 18030 (which holds GBK): what Chinese
 * spreadsheet programs write. Every cell is text.
 * @throws SheetProblem encoding_unknown, damaged, too_many_rows
 */
export function readCsv(bytes: Uint8Array, mostRows: number): SheetRows {
  const text = decode(bytes);
  const head = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = [",", "\t", ";"].reduce((best, mark) =>
    head.split(mark).length > head.split(best).length ? mark : best,
  );
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      to: mostRows + 2,
      max_record_size: 1_000_000,
    }) as string[][];
    if (rows.length > mostRows + 1) throw new SheetProblem("too_many_rows", { most: mostRows });
    return rows.map((row) => row.map((cell) => (cell === "" ? null : cell)));
  } catch (error) {
    if (error instanceof SheetProblem) throw error;
    throw new SheetProblem("damaged");
  }
}

function decode(bytes: Uint8Array): string {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one; a text that is valid in both is taken for UTF-8, which GBK text is only by rare accident.
    }
  }
  throw new SheetProblem("encoding_unknown");
}
