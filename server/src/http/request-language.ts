import type { Language } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";

/** The caller's language: `x-language`, else the first of Accept-Language that we speak, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  const explicit = request.headers["x-language"];
  if (explicit === "en" || explicit === "zh-CN") return explicit;
  for (const range of (request.headers["accept-language"] ?? "").split(",")) {
    const tag = range.split(";")[0]?.trim().toLowerCase() ?? "";
    if (tag.startsWith("zh")) return "zh-CN";
    if (tag.startsWith("en")) return "en";
  }
  return "zh-CN";
}
