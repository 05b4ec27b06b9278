import { isInBackground } from "./background.ts";

/** One statement runs while the next already lies behind it: between them nobody waits for a trip between threads. */
const MOST_SENT = 2;

/**
 * Whose turn it is on a connection that takes statements in the order they are sent: single ones, or one transaction.
 * Those whom somebody waits for go first; what nobody waits for goes only when nothing is under way, so that it never
 * lies before them.
 */
export class StatementTurns {
  #sent = 0;
  #isHeld = false;
  readonly #urgent: Waiting[] = [];
  readonly #background: Waiting[] = [];

  /** Resolves when the caller may send: one statement, to be followed by `answered`; or a transaction, by `letGo`. */
  async take(kind: "statement" | "transaction"): Promise<void> {
    const isBackground = isInBackground();
    const queue = isBackground ? this.#background : this.#urgent;
    if (queue.length > 0 || !this.#mayGo(isBackground)) {
      await new Promise<void>((go) => queue.push({ kind, go }));
    } else this.#begin(kind);
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
    return isBackground ? this.#sent === 0 && this.#urgent.length === 0 : this.#sent < MOST_SENT;
  }

  #begin(kind: Waiting["kind"]): void {
    if (kind === "transaction") this.#isHeld = true;
    else this.#sent += 1;
  }

  #wake(): void {
    for (;;) {
      const queue = this.#urgent.length > 0 ? this.#urgent : this.#background;
      const next = this.#mayGo(queue === this.#background) ? queue.shift() : undefined;
      if (!next) return;
      this.#begin(next.kind);
      next.go();
    }
  }
}

interface Waiting {
  kind: "statement" | "transaction";
  go: () => void;
}
