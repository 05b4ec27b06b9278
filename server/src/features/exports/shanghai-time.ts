/** An instant as spreadsheets show it, in local time. */
export function shanghaiTime(iso: string | null): string | null {
  if (iso === null) return null;
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
