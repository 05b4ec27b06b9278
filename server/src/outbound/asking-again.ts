import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import { type Ask, Unreachable } from "./unreachable.ts";

export interface RetryRule {
  attempts: number;
  /** The pause before the second attempt is at most this, before each further one at most twice the last. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/** What will not change by asking again: the token is wrong, or the question is not understood. */
const FINAL = /^http-4(?!08|29)/;

/** Asks again after a pause drawn from zero to its bound ("full jitter"), so that servers do not come in step. */
export function askingAgain<Question, Answer>(
  ask: Ask<Question, Answer>,
  { clock, random }: { clock: Clock; random: RandomBytes },
  rule: RetryRule,
): Ask<Question, Answer> {
  return async (question) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(question);
      } catch (error) {
        const isFinal = !(error instanceof Unreachable) || FINAL.test(error.reason);
        if (isFinal || attempt >= rule.attempts) throw error;
        await pause(clock, pauseMs(random, attempt, rule));
      }
    }
  };
}

/** The drawn pause after so many attempts. */
export function pauseMs(
  random: RandomBytes,
  attempts: number,
  { firstPauseMs, longestPauseMs }: Pick<RetryRule, "firstPauseMs" | "longestPauseMs">,
): number {
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs) * fraction(random);
}

/** From 0 up to, not including, 1. */
function fraction(random: RandomBytes): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(ms, resolve));
}
