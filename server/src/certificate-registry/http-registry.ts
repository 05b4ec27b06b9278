import type { Clock } from "@hanyouxu/protocol";
import { z } from "zod";
import { fetchAnswer } from "../outbound/fetch-answer.ts";
import type { CertificateRegistry } from "./certificate-registry.ts";

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
  const { url, token } = options;
  return {
    isConfigured: true,
    async check(question) {
      const init = {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          accept: "application/json",
        },
        body: JSON.stringify(question),
      };
      const asking = { ...options, what: "certificate registry" };
      return await fetchAnswer(asking, `${url}/v1/certificates/check`, init, answer);
    },
  };
}
