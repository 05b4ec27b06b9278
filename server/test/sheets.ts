import { createHash } from "node:crypto";
import type { BulkImport, ImportKind } from "@hanyouxu/api";
import { importColumns } from "../src/features/imports/columns.ts";
import { runDueImports } from "../src/features/imports/imports.ts";
import type { Cell, SheetRows } from "../src/sheets/cell.ts";
import { openSheet, writeWorkbook } from "../src/sheets/sheets.ts";
import type { TestPlatform } from "./platform.ts";

/** A row of an import by the keys of its columns. */
export type RowOf = Record<string, Cell>;

/** A workbook with Chinese heads as the template has them. */
export async function workbookOf(kind: ImportKind, rows: readonly RowOf[]): Promise<Buffer> {
  const columns = importColumns[kind];
  const bytes = await writeWorkbook([
    {
      name: "表",
      widths: columns.map(() => 10),
      rows: [
        columns.map(({ title }) => title.zh),
        ...rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
      ],
    },
  ]);
  return Buffer.from(bytes);
}

export async function rowsOf(bytes: Uint8Array): Promise<SheetRows> {
  const sheet = await openSheet(new Uint8Array(bytes), "xlsx", 50_000);
  return sheet.rows(0, sheet.rowCount);
}

/** Uploads as the page does, lets the server work, and answers how the import stands. */
export async function uploadAndCheck(
  app: TestPlatform,
  cookie: string,
  kind: ImportKind,
  file: Buffer,
): Promise<BulkImport> {
  const uploaded = await upload(app, cookie, kind, file);
  if (uploaded.statusCode !== 200) throw new Error(uploaded.body);
  await runDueImports(app.ctx);
  return await importNow(app, cookie, uploaded.json().importId);
}

export async function upload(app: TestPlatform, cookie: string | undefined, kind: string, file: Buffer) {
  return await app.http.inject({
    method: "POST",
    url: `/api/imports?kind=${kind}&fileName=${encodeURIComponent("名单.xlsx")}`,
    headers: { "content-type": "application/octet-stream", ...(cookie ? { cookie } : {}) },
    payload: file,
  });
}

export async function importNow(app: TestPlatform, cookie: string, importId: string): Promise<BulkImport> {
  return (await app.call("GET", `/api/imports/${importId}`, { cookie })).json();
}

/** Decides and lets the server work. */
export async function applyAs(
  app: TestPlatform,
  cookie: string,
  importId: string,
  mode: "all-or-nothing" | "skip-bad-rows",
): Promise<BulkImport> {
  const answer = await app.call("POST", `/api/imports/${importId}/apply`, { cookie, body: { mode } });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  await runDueImports(app.ctx);
  return await importNow(app, cookie, importId);
}

/** `5 身份证号 identity_invalid` for each issue. */
export async function issuesOf(app: TestPlatform, cookie: string, importId: string): Promise<string[]> {
  const answer = await app.call("GET", `/api/imports/${importId}/issues?pageSize=200`, { cookie });
  return answer
    .json()
    .items.map(
      ({ row, column, code }: { row: number; column: string; code: string }) => `${row} ${column} ${code}`,
    );
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A GB 11643 number with a right check character and a birthday before 1900: nobody's. */
export function identityNumber(n: number): string {
  const first17 = `330723${1800 + (Math.floor(n / 1_000) % 90)}0101${String(n % 1_000).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return first17 + "10X98765432"[sum % 11];
}

export function sha256Of(file: Buffer): string {
  return createHash("sha256").update(file).digest("hex");
}
