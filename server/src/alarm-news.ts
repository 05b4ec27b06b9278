/**
 * Tells who follows alarms in this process that some were written, after the commit. Only a hint that saves waiting: who
 * follows also looks at the database now and then, because another server may have written.
 */
export class AlarmNews {
  readonly #followers = new Set<() => void>();

  /** Calls `onNews` after each commit that wrote alarms, until the returned function is called. */
  follow(onNews: () => void): () => void {
    this.#followers.add(onNews);
    return () => this.#followers.delete(onNews);
  }

  announce(): void {
    for (const onNews of this.#followers) onNews();
  }
}
