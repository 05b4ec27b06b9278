import type { WorkSessionId } from "@hanyouxu/protocol";

/**
 * Tells open screens in this process that a work session has changed, after the commit. Only a hint that saves
 * waiting: who follows also looks at the database now and then, because another server may have written.
 */
export class WorkSessionChanges {
  readonly #followers = new Map<WorkSessionId, Set<() => void>>();

  /** Calls `onChange` after each change until the returned function is called. */
  follow(workSessionId: WorkSessionId, onChange: () => void): () => void {
    const followers = this.#followers.get(workSessionId) ?? new Set();
    this.#followers.set(workSessionId, followers.add(onChange));
    return () => {
      followers.delete(onChange);
      if (followers.size === 0) this.#followers.delete(workSessionId);
    };
  }

  announce(workSessionIds: Iterable<WorkSessionId>): void {
    for (const workSessionId of workSessionIds) {
      for (const onChange of this.#followers.get(workSessionId) ?? []) onChange();
    }
  }
}
