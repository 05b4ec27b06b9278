import { type BulkImport, type ImportKind, importRoutes } from "@hanyouxu/api";
import { writeWorkbook } from "@hanyouxu/server";

export type SheetCell = string | number | null;

/** A workbook of heads and rows, as a person would fill in the template. */
export async function workbookOf(
  heads: readonly string[],
  rows: readonly (readonly SheetCell[])[],
): Promise<Uint8Array<ArrayBuffer>> {
  return await writeWorkbook([{ name: "表", widths: heads.map(() => 20), rows: [heads, ...rows] }]);
}

/** Uploads a file as the page does. @param fetch carries the person's sign-in */
export async function uploadSheet(
  baseUrl: string,
  fetch: typeof globalThis.fetch,
  kind: ImportKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<BulkImport> {
  const query = new URLSearchParams({ kind, fileName: "演示名单.xlsx" });
  const response = await fetch(`${baseUrl}${importRoutes.uploadImport.path}?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: bytes,
  });
  if (!response.ok) throw new Error(`upload refused: ${await response.text()}`);
  return (await response.json()) as BulkImport;
}
