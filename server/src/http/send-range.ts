import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A file whose parts are made as they are asked for. */
export interface RangedFile {
  mediaType: string;
  sizeBytes: number;
  /** The bytes from `fromByte` up to, not including, `toByte`. */
  read(fromByte: number, toByte: number): AsyncIterable<Uint8Array>;
}

/** Sends it whole, or the one range that is asked for (RFC 9110 §14): a player jumps within a film. */
export function sendRange(request: FastifyRequest, reply: FastifyReply, file: RangedFile): FastifyReply {
  const { sizeBytes, mediaType } = file;
  void reply
    .type(mediaType)
    .header("accept-ranges", "bytes")
    .header("content-disposition", "inline")
    .header("x-content-type-options", "nosniff");
  const asked = rangeOf(request.headers.range, sizeBytes);
  if (asked === "unsatisfiable") {
    return reply.status(416).header("content-range", `bytes */${sizeBytes}`).send();
  }
  const { from, to } = asked ?? { from: 0, to: sizeBytes };
  if (asked) void reply.status(206).header("content-range", `bytes ${from}-${to - 1}/${sizeBytes}`);
  return reply.header("content-length", to - from).send(Readable.from(file.read(from, to)));
}

/** Undefined for no range, and for what is not understood: then the whole is sent, as the standard says. */
export function rangeOf(
  header: string | undefined,
  sizeBytes: number,
): { from: number; to: number } | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  // The last so many bytes.
  if (first === "") return { from: Math.max(0, sizeBytes - Number(last)), to: sizeBytes };
  const from = Number(first);
  const to = last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return from >= sizeBytes || to <= from ? "unsatisfiable" : { from, to };
}
