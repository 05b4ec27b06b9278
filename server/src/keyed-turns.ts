/**
 * Turns over things by their names, within one process: who has some is alone with them, others wait in the order in
 * which they came. All of one's names are taken together, so that two never wait for each other.
 */
export class KeyedTurns {
  readonly #last = new Map<string, Promise<void>>();

  async hold<Result>(keys: Iterable<string>, work: () => Promise<Result>): Promise<Result> {
    const own = new Set(keys);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const before: Promise<void>[] = [];
    for (const key of own) {
      const last = this.#last.get(key);
      if (last) before.push(last);
      this.#last.set(key, ended);
    }
    try {
      await Promise.all(before);
      return await work();
    } finally {
      for (const key of own) if (this.#last.get(key) === ended) this.#last.delete(key);
      end();
    }
  }
}
