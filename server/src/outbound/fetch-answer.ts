import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { Unreachable } from "./unreachable.ts";

export interface HttpAsking {
  /** What is asked, for the error. */
  what: string;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  timeoutMs: number;
  /** A longer answer is not read to its end. */
  mostBytes?: number;
}

/**
 * One request, one answer of a known form: on the given clock, redirects not followed.
 * @throws Unreachable `timeout`, `http-<status>`, `unreadable-answer` or `no-connection`
 */
export async function fetchAnswer<Answer>(
  { what, clock, fetch = globalThis.fetch, timeoutMs, mostBytes = 1_048_576 }: HttpAsking,
  url: string,
  init: RequestInit & { duplex?: "half" },
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = clock.setTimer(timeoutMs, () => abort.abort());
  try {
    const response = await fetch(url, { ...init, redirect: "error", signal: abort.signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Unreachable(what, `http-${response.status}`);
    }
    return schema.parse(JSON.parse(await textOf(response, what, mostBytes)));
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause;
    if (abort.signal.aborted) throw new Unreachable(what, "timeout", { cause });
    const isUnreadable = cause instanceof SyntaxError || cause instanceof z.ZodError;
    throw new Unreachable(what, isUnreadable ? "unreadable-answer" : "no-connection", { cause });
  } finally {
    timer.cancel();
  }
}

async function textOf(response: Response, what: string, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Unreachable(what, "unreadable-answer");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
