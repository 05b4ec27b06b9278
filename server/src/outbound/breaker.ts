import type { Clock } from "@hanyouxu/protocol";
import { type Ask, Unreachable } from "./unreachable.ts";

export interface BreakerRule {
  /** So many failures in a row open the breaker … */
  failures: number;
  /** … for this long; then one question tries. */
  openMs: number;
}

/**
 * A circuit breaker: a system that has failed again and again is left alone for a while, and people do not wait for it.
 * Written here because the known libraries read the machine's own clock.
 */
export function guarded<Question, Answer>(
  ask: Ask<Question, Answer>,
  clock: Clock,
  { what, failures, openMs }: BreakerRule & { what: string },
): Ask<Question, Answer> {
  let failuresInRow = 0;
  let openUntilMs = Number.NEGATIVE_INFINITY;
  let isTrying = false;
  return async (question) => {
    const wasOpen = failuresInRow >= failures;
    if (wasOpen && (isTrying || clock.nowMs() < openUntilMs)) throw new Unreachable(what, "breaker-open");
    if (wasOpen) isTrying = true;
    try {
      const answer = await ask(question);
      failuresInRow = 0;
      return answer;
    } catch (error) {
      failuresInRow++;
      if (failuresInRow >= failures) openUntilMs = clock.nowMs() + openMs;
      throw error;
    } finally {
      if (wasOpen) isTrying = false;
    }
  };
}
