import type { AppContext } from "../../context.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import type { Places } from "./places.ts";
import type { RowReader } from "./row-reader.ts";

/** What a good row will do, table by table: rows of the register made ready (sealed), and changes of what is there. */
export type StagedData = Partial<Record<StagedTable, object[]>>;
export type StagedTable =
  | "enterprises"
  | "persons"
  | "roles"
  | "welders"
  | "memberships"
  | "certificates"
  | "machines"
  | "enterpriseChanges"
  | "machineChanges"
  | "welderChanges"
  | "phoneChanges"
  | "certificateChanges";

/** What will become of a row without errors. */
export interface Outcome {
  fate: "insert" | "update" | "same";
  data: StagedData;
}

export type CheckContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "personalData" | "machineCodeKey"
>;

/** Checks rows of one kind, part after part of one file: it remembers what stood in earlier parts. */
export interface Checker {
  /** The outcome of each row, in order; undefined for rows with an error, which have it noted. */
  check(rows: readonly RowReader[]): Promise<(Outcome | undefined)[]>;
}

export type MakeChecker = (ctx: CheckContext, scope: Scope, places: Places) => Checker;

/** Remembers the row in which each key stood first. */
export class FirstRows {
  readonly #rows = new Map<string, number>();

  /** The earlier row of this key, or undefined and the row is remembered. */
  earlier(key: string, row: number): number | undefined {
    const first = this.#rows.get(key);
    if (first === undefined) this.#rows.set(key, row);
    return first;
  }
}
