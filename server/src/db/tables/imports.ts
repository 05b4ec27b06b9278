import type { PersonId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";
import type { Json } from "../tables.ts";

export type ImportStatus =
  | "checking"
  | "checked"
  | "applying"
  | "applied"
  | "cancelled"
  | "refused"
  | "failed";

export interface ImportProblem {
  code: string;
  details: Record<string, string | number>;
}

export interface ImportsTable {
  import_id: string;
  kind: "enterprises" | "machines" | "welders";
  file_name: string;
  file_format: "xlsx" | "csv";
  file_bytes: number;
  file_sha256: Uint8Array;
  file_ciphertext: Uint8Array | null;
  file_until: Date;
  uploaded_by: PersonId;
  uploaded_at: Date;
  scope: Json<unknown>;
  status: ImportStatus;
  mode: Generated<"all-or-nothing" | "skip-bad-rows" | null>;
  claimed_by: Generated<string | null>;
  claimed_until: Generated<Date | null>;
  tries: Generated<number>;
  rows_total: Generated<number | null>;
  rows_done: Generated<number>;
  rows_bad: Generated<number>;
  rows_example: Generated<number>;
  warnings: Generated<number>;
  to_insert: Generated<number>;
  to_update: Generated<number>;
  unchanged: Generated<number>;
  problem: ColumnType<ImportProblem | null, string | undefined, string>;
  checked_at: Generated<Date | null>;
  applied_at: Generated<Date | null>;
}

export interface ImportIssuesTable {
  import_id: string;
  row_number: number;
  place: number;
  column_key: string;
  code: string;
  is_warning: boolean;
  details: Json<Record<string, string | number>>;
}

export interface ImportRowsTable {
  import_id: string;
  row_number: number;
  data: Json<unknown>;
}

export interface ImportsTables {
  imports: ImportsTable;
  import_issues: ImportIssuesTable;
  import_rows: ImportRowsTable;
}
