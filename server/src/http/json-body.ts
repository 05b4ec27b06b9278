import type { FastifyInstance } from "fastify";
import { AppError } from "../errors.ts";

/** Escapes that can hide a NUL or half a surrogate pair: characters that PostgreSQL cannot store. */
const suspicious = /\\u(0000|d[89a-f])/i;

/** JSON bodies without prototype poisoning and without characters that no text may hold. */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = body.toString();
    // A POST without anything to say may still carry the header.
    if (text === "") return done(null, undefined);
    parse(request, text, (error, value) => {
      if (error) return done(error);
      if (suspicious.test(text) && !isStorable(value)) return done(unstorable("body"));
      done(null, value);
    });
  });
  server.addHook("onRequest", async (request) => {
    if (/%00/.test(request.url)) throw unstorable("url");
  });
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([key, nested]) => isStorable(key) && isStorable(nested));
}

function unstorable(unreadable: "body" | "url"): AppError {
  return new AppError("request.invalid", { details: { unreadable } });
}
