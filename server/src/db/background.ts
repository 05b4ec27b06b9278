import { AsyncLocalStorage } from "node:async_hooks";

const background = new AsyncLocalStorage<boolean>();

/**
 * Runs what nobody waits for: on the embedded database, which has one connection, everything else goes first.
 * PostgreSQL has connections enough and makes no difference.
 */
export function inBackground<Result>(run: () => Result): Result {
  return background.run(true, run);
}

/** Runs what somebody waits for, though background work has led to it. */
export function inForeground<Result>(run: () => Result): Result {
  return background.run(false, run);
}

/** Whether the caller works for nobody who waits. */
export function isInBackground(): boolean {
  return background.getStore() === true;
}
