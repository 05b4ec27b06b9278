import { isCivilDay } from "@hanyouxu/rules";
import type { Cell } from "../../sheets/cell.ts";
import { type Issue, type IssueCode, isWarning } from "./issues.ts";

const CONTROL = /\p{Cc}/u;
/** Beyond fifteen digits a stored number has lost some (IEEE 754 as spreadsheets show it). */
const MOST_EXACT = 999_999_999_999_999;
/** Serial days of spreadsheets (1900 system) from 1954 to 2119; day 25569 is 1970-01-01. */
const SERIAL_DAYS = { first: 20_000, last: 80_000, epoch: 25_569 };

/** One row under examination: takes values out of its cells and notes what is wrong with them. */
export class RowReader {
  readonly rowNumber: number;
  readonly issues: Issue[] = [];
  readonly #cells: readonly Cell[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(rowNumber: number, cells: readonly Cell[], places: ReadonlyMap<string, number>) {
    this.rowNumber = rowNumber;
    this.#cells = cells;
    this.#places = places;
  }

  /** Notes one issue a column: the first says enough, and an error more than a warning. */
  wrong(columnKey: string, code: IssueCode, details: Issue["details"] = {}): undefined {
    const issue = { columnKey, code, details };
    const at = this.issues.findIndex((noted) => noted.columnKey === columnKey);
    if (at < 0) this.issues.push(issue);
    else if (isWarning(this.issues[at]!) && !isWarning(issue)) this.issues[at] = issue;
    return undefined;
  }

  /** Whether anything noted keeps the row out. */
  hasErrors(): boolean {
    return this.issues.some((issue) => !isWarning(issue));
  }

  #cell(key: string): Cell {
    const place = this.#places.get(key);
    return place === undefined ? null : (this.#cells[place] ?? null);
  }

  isEmpty(key: string): boolean {
    const cell = this.#cell(key);
    return cell === null || String(cell).trim() === "";
  }

  /** The text of a cell without white space around it; undefined when it is empty or wrong. */
  text(key: string, { most = 100, isNeeded = false } = {}): string | undefined {
    if (this.isEmpty(key)) return isNeeded ? this.wrong(key, "required") : undefined;
    const cell = this.#cell(key);
    if (typeof cell === "number" && Math.abs(cell) > MOST_EXACT) return this.wrong(key, "digits_lost");
    const text = String(cell).normalize("NFC").trim();
    if (CONTROL.test(text) || !text.isWellFormed()) return this.wrong(key, "bad_characters");
    if (text.length > most) return this.wrong(key, "too_long", { most });
    return text;
  }

  /** A text of one form, in half-width capitals. */
  coded(
    key: string,
    isRight: (text: string) => boolean,
    code: IssueCode,
    isNeeded = false,
  ): string | undefined {
    const text = this.text(key, { isNeeded })?.normalize("NFKC").replaceAll(/\s/g, "").toUpperCase();
    if (text === undefined) return undefined;
    return isRight(text) ? text : this.wrong(key, code);
  }

  /** One of the words of a list, in either language or as its key. */
  choice<Key extends string>(
    key: string,
    words: readonly (readonly [Key, ...string[]])[],
    isNeeded = false,
  ): Key | undefined {
    const text = this.text(key, { isNeeded })?.normalize("NFKC").toLowerCase();
    if (text === undefined) return undefined;
    const found = words.find((names) => names.some((name) => name.normalize("NFKC").toLowerCase() === text));
    if (found) return found[0];
    return this.wrong(key, "choice_invalid", {
      allowed: words.map((names) => names[1] ?? names[0]).join("、"),
    });
  }

  number(key: string, from: number, to: number): number | undefined {
    if (this.isEmpty(key)) return undefined;
    const value = Number(String(this.#cell(key)).normalize("NFKC").trim());
    return Number.isFinite(value) && value >= from && value <= to
      ? value
      : this.wrong(key, "number_invalid", { from, to });
  }

  /** A day as a spreadsheet stores it, or as people write it: 2025-1-31, 2025/1/31, 2025.1.31, 2025年1月31日, 20250131. */
  day(key: string, isNeeded = false): string | undefined {
    if (this.isEmpty(key)) return isNeeded ? this.wrong(key, "required") : undefined;
    const cell = this.#cell(key);
    const text = String(cell).normalize("NFKC").trim();
    const serial = Number(text);
    if (Number.isInteger(serial) && serial >= SERIAL_DAYS.first && serial <= SERIAL_DAYS.last) {
      return new Date((serial - SERIAL_DAYS.epoch) * 86_400_000).toISOString().slice(0, 10);
    }
    const match = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?(?:[ T]0?0:00(?::00)?)?$/.exec(text);
    const day = match ? `${match[1]}-${match[2]!.padStart(2, "0")}-${match[3]!.padStart(2, "0")}` : "";
    return isCivilDay(day) ? day : this.wrong(key, "day_invalid");
  }
}
