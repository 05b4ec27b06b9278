import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { type CertificateRegistry, RegistryUnreachable } from "./certificate-registry.ts";

/** The answer of docs/guides/certificate-registry.md, version 1. */
const answer = z.object({
  outcome: z.enum(["valid", "not-found", "mismatch", "revoked", "expired"]),
  differs: z.array(z.string().max(40)).max(20).default([]),
});

export interface HttpRegistryOptions {
  /** `https://registry.example.cn`, without a trailing slash. */
  url: string;
  token: string;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
  /** Of one attempt. */
  timeoutMs: number;
}

/** One question, one request: what is repeated and when not to ask at all is decided around it. */
export function httpRegistry(options: HttpRegistryOptions): CertificateRegistry {
  const { url, token, clock, fetch = globalThis.fetch, timeoutMs } = options;
  return {
    isConfigured: true,
    async check(question) {
      const abort = new AbortController();
      const timer = clock.setTimer(timeoutMs, () => abort.abort());
      try {
        const response = await fetch(`${url}/v1/certificates/check`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            accept: "application/json",
          },
          body: JSON.stringify(question),
          redirect: "error",
          signal: abort.signal,
        });
        const text = await response.text();
        if (!response.ok) throw new RegistryUnreachable(`http-${response.status}`);
        return answer.parse(JSON.parse(text));
      } catch (cause) {
        if (cause instanceof RegistryUnreachable) throw cause;
        if (abort.signal.aborted) throw new RegistryUnreachable("timeout", { cause });
        const isUnreadable = cause instanceof SyntaxError || cause instanceof z.ZodError;
        throw new RegistryUnreachable(isUnreadable ? "unreadable-answer" : "no-connection", { cause });
      } finally {
        timer.cancel();
      }
    },
  };
}
