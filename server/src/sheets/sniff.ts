/** The form of a sheet's file by its content, whatever its name says; undefined for anything else. */
export function sniffSheet(bytes: Uint8Array): "xlsx" | "csv" | undefined {
  const startsWith = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  // A ZIP local file header (APPNOTE 4.3.7); the parts of a workbook are looked for when it is opened.
  if (startsWith(0x50, 0x4b, 0x03, 0x04)) return hasName(bytes, "xl/workbook") ? "xlsx" : undefined;
  // Text holds no NUL; pictures, PDF and the old xls (a compound file) do, or begin as no text does.
  if (startsWith(0x25, 0x50, 0x44, 0x46) || bytes.subarray(0, 8_192).includes(0)) return undefined;
  return bytes.length > 0 ? "csv" : undefined;
}

function hasName(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name, 0, "latin1");
}
