import { createHash } from "node:crypto";
import type { Clock } from "@hanyouxu/protocol";
import type { CertificateRegistry, RegistryAnswer, RegistryQuestion } from "./certificate-registry.ts";

export interface CacheRule {
  /** How long a good answer holds, and any other: what is missing today may be entered in a minute. */
  validMs: number;
  otherMs: number;
  entries: number;
}

/** Remembers answers by a digest of the question, so that no personal data stays in memory for it. */
export function cachingRegistry(
  inner: CertificateRegistry,
  clock: Clock,
  { validMs, otherMs, entries }: CacheRule,
): CertificateRegistry {
  const kept = new Map<string, { answer: RegistryAnswer; untilMs: number }>();
  return {
    isConfigured: inner.isConfigured,
    async check(question) {
      const key = digestOf(question);
      const known = kept.get(key);
      if (known && clock.nowMs() < known.untilMs) return known.answer;
      const answer = await inner.check(question);
      kept.delete(key);
      kept.set(key, { answer, untilMs: clock.nowMs() + (answer.outcome === "valid" ? validMs : otherMs) });
      if (kept.size > entries) {
        const [oldest] = kept.keys();
        if (oldest !== undefined) kept.delete(oldest);
      }
      return answer;
    },
  };
}

function digestOf(question: RegistryQuestion): string {
  return createHash("sha256")
    .update(JSON.stringify(Object.entries(question).sort()))
    .digest("base64");
}
