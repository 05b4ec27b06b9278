import { isIP } from "node:net";
import { bilingual } from "@hanyouxu/api";
import type { z } from "zod";

/** A key with its meaning, as docs/operations/configuration.md lists it. */
export function key<S extends z.ZodType>(schema: S, description: string): S {
  return schema.describe(description) as S;
}

export const publicUrlError = bilingual(
  "应为完整网址且不带路径，如 https://hy.example.cn；除本机外必须为 https",
  "write a full address without a path, such as https://hy.example.cn; https unless it is this machine",
);
/** Whether an address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

export function isPublicOrigin(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.origin === "null" || value.replace(/\/$/, "") !== url.origin) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}
