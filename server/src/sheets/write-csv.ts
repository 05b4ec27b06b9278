import { stringify } from "csv-stringify/sync";
import type { Cell } from "./cell.ts";

/** What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A csv that every spreadsheet program opens in the right encoding, and none computes. */
export function writeCsv(rows: readonly (readonly Cell[])[]): Uint8Array<ArrayBuffer> {
  const text = stringify(
    rows.map((row) =>
      row.map((cell) => (typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : cell)),
    ),
    { bom: true, record_delimiter: "windows" },
  );
  return new Uint8Array(Buffer.from(text, "utf8"));
}
