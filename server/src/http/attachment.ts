import type { FastifyReply } from "fastify";

const types = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;

/** Sends a file to be saved, under a name in any script (RFC 6266, RFC 8187). */
export function sendAttachment(
  reply: FastifyReply,
  format: keyof typeof types,
  name: string,
  bytes: Uint8Array,
): FastifyReply {
  return reply
    .header("content-type", types[format])
    .header(
      "content-disposition",
      `attachment; filename="file.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .header("x-content-type-options", "nosniff")
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
