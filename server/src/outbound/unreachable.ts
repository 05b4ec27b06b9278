/** Another system gives no answer now; `reason` is for the log: a timeout, a status, a breaker that is open. */
export class Unreachable extends Error {
  override readonly name: string = "Unreachable";
  readonly reason: string;

  constructor(what: string, reason: string, options: { cause?: unknown } = {}) {
    super(`${what} not reachable: ${reason}`, options);
    this.reason = reason;
  }
}

/** A question to another system. @throws Unreachable when no answer is to be had now */
export type Ask<Question, Answer> = (question: Question) => Promise<Answer>;
