import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import { type CertificateRegistry, RegistryUnreachable } from "./certificate-registry.ts";

export interface RetryRule {
  attempts: number;
  /** The pause before the second attempt is at most this, before each further one at most twice the last. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/** What will not change by asking again: the token is wrong, or the question is not understood. */
const FINAL = /^http-4(?!08|29)/;

/** Asks again after a pause drawn from zero to its bound ("full jitter"), so that servers do not come in step. */
export function retryingRegistry(
  inner: CertificateRegistry,
  { clock, random }: { clock: Clock; random: RandomBytes },
  { attempts, firstPauseMs, longestPauseMs }: RetryRule,
): CertificateRegistry {
  return {
    isConfigured: inner.isConfigured,
    async check(question) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await inner.check(question);
        } catch (error) {
          const isFinal = !(error instanceof RegistryUnreachable) || FINAL.test(error.reason);
          if (isFinal || attempt >= attempts) throw error;
          const boundMs = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
          await pause(clock, boundMs * fraction(random));
        }
      }
    },
  };
}

/** From 0 up to, not including, 1. */
function fraction(random: RandomBytes): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(ms, resolve));
}
