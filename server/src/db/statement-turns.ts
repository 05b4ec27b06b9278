import { isInBackground } from "./background.ts";

/** One statement runs while the next already lies behind it: between them nobody waits for a trip between threads. */
const MOST_SENT = 2;

/** So many go before background work that waits, then it goes: deadlines of clearances are background work too. */
const MOST_PASSED_OVER = 40;

/**
 * Whose turn it is on a connection that takes statements in the order they are sent: single ones, or one transaction.
 * Those whom somebody waits for go first; what nobody waits for goes only when nothing is under way, so that it never
 * lies before them – unless it has been passed over for long.
 */
export class StatementTurns {
  #sent = 0;
  #isHeld = false;
  /** Urgent ones that went while background work waited, since the last of it went. */
  #passedOver = 0;
  readonly #urgent: Waiting[] = [];
  readonly #background: Waiting[] = [];

  /** Resolves when the caller may send: one statement, to be followed by `answered`; or a transaction, by `letGo`. */
  async take(kind: "statement" | "transaction"): Promise<void> {
    const isBackground = isInBackground();
    const queue = isBackground ? this.#background : this.#urgent;
    if (queue.length > 0 || !this.#mayGo(isBackground)) {
      await new Promise<void>((go) => queue.push({ kind, go }));
    } else this.#begin(kind, isBackground);
  }

  /** A single statement, or the end of a transaction, was answered. */
  answered(): void {
    this.#sent -= 1;
    this.#wake();
  }

  /** The end of the transaction is sent, so that whatever comes next lies behind it; `answered` follows. */
  letGo(): void {
    this.#isHeld = false;
    this.#sent += 1;
    this.#wake();
  }

  #mayGo(isBackground: boolean): boolean {
    if (this.#isHeld) return false;
    if (isBackground) return this.#sent === 0 && (this.#urgent.length === 0 || this.#isOverdue());
    return this.#sent < MOST_SENT && !this.#isOverdue();
  }

  #isOverdue(): boolean {
    return this.#passedOver >= MOST_PASSED_OVER && this.#background.length > 0;
  }

  #begin(kind: Waiting["kind"], isBackground: boolean): void {
    if (isBackground) this.#passedOver = 0;
    else if (this.#background.length > 0) this.#passedOver += 1;
    if (kind === "transaction") this.#isHeld = true;
    else this.#sent += 1;
  }

  #wake(): void {
    for (;;) {
      const isBackground = this.#urgent.length === 0 || this.#isOverdue();
      const queue = isBackground ? this.#background : this.#urgent;
      const next = this.#mayGo(isBackground) ? queue.shift() : undefined;
      if (!next) return;
      this.#begin(next.kind, isBackground);
      next.go();
    }
  }
}

interface Waiting {
  kind: "statement" | "transaction";
  go: () => void;
}
