import type { AppContext } from "../../context.ts";

type SealContext = Pick<AppContext, "personalData">;

/** An uploaded file holds personal data of thousands: it is kept sealed, as text in base64. */
export function sealFile(ctx: SealContext, bytes: Uint8Array): Uint8Array {
  return ctx.personalData.seal("import-file", Buffer.from(bytes).toString("base64"));
}

/** @throws when it is gone, which no work in hand is begun with */
export function fileOf(
  ctx: SealContext,
  { file_ciphertext }: { file_ciphertext: Uint8Array | null },
): Uint8Array<ArrayBuffer> {
  if (file_ciphertext === null) throw new Error("the file of this import is gone");
  return new Uint8Array(Buffer.from(ctx.personalData.open("import-file", file_ciphertext), "base64"));
}
