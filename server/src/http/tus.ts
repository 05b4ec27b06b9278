import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import { InvalidRequest } from "./validation.ts";

/** The version of tus that is spoken here, and its extensions. https://tus.io/protocols/resumable-upload */
export const TUS_VERSION = "1.0.0";
export const TUS_EXTENSIONS = "creation,expiration,termination";
export const OFFSET_BYTES = "application/offset+octet-stream";

/** An upload as tus' headers tell of it. */
export interface TusUpload {
  offset: number;
  sizeBytes: number;
  /** While bytes are waited for. */
  expiresAt: Date | null;
}

/** @throws AppError request.tus_version */
export function requireTus(request: FastifyRequest): void {
  if (request.headers["tus-resumable"] !== TUS_VERSION) throw new AppError("request.tus_version");
}

export function sayUpload(reply: FastifyReply, { offset, sizeBytes, expiresAt }: TusUpload): void {
  void reply.header("upload-offset", offset).header("upload-length", sizeBytes);
  if (expiresAt) void reply.header("upload-expires", expiresAt.toUTCString());
}

/** A header that is a whole number, not negative. @throws AppError request.invalid, naming it */
export function wholeNumber(request: FastifyRequest, header: string): number {
  const text = request.headers[header];
  if (typeof text !== "string" || !/^\d{1,15}$/.test(text)) throw wrongHeader(header, `${header}: 0, 1, 2 …`);
  return Number(text);
}

/**
 * What a creation says: its length, and the JSON that lies in one key of Upload-Metadata, by its schema.
 * @throws AppError request.invalid | InvalidRequest
 */
export function announcedUpload<Schema extends z.ZodType>(
  request: FastifyRequest,
  key: string,
  schema: Schema,
): z.output<Schema> & { sizeBytes: number } {
  const sizeBytes = wholeNumber(request, "upload-length");
  if (sizeBytes === 0) throw wrongHeader("upload-length", "Upload-Length > 0");
  const result = schema.safeParse(metadataOf(request, key), { reportInput: true });
  if (!result.success) throw new InvalidRequest(key, result.error.issues);
  return { ...(result.data as object), sizeBytes } as z.output<Schema> & { sizeBytes: number };
}

function metadataOf(request: FastifyRequest, key: string): unknown {
  const header = request.headers["upload-metadata"];
  const pairs = typeof header === "string" ? header.split(",").map((pair) => pair.trim().split(" ")) : [];
  const value = pairs.find(([name]) => name === key)?.[1];
  try {
    return JSON.parse(Buffer.from(value ?? "", "base64").toString("utf8"));
  } catch {
    throw wrongHeader("upload-metadata", `Upload-Metadata: ${key} <base64 (JSON)>`);
  }
}

function wrongHeader(header: string, message: string): AppError {
  return new AppError("request.invalid", { fields: [{ path: `headers.${header}`, message }] });
}
