/** The browser reads the file after the click has returned; under load some seconds later. */
const KEPT_MS = 60_000;

/** Hands bytes to the person to be saved under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
