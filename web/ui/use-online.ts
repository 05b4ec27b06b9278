import { useSyncExternalStore } from "react";

let isAnswered = true;
const listeners = new Set<() => void>();

/**
 * Notes whether the platform answered the last request: in a basement a browser goes on believing in its network long
 * after it is gone.
 */
export function noteAnswered(answered: boolean): void {
  if (answered === isAnswered) return;
  isAnswered = answered;
  for (const listener of listeners) listener();
}

function hasNetworkAgain(): void {
  noteAnswered(true);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  addEventListener("online", changed);
  addEventListener("online", hasNetworkAgain);
  addEventListener("offline", changed);
  return () => {
    listeners.delete(changed);
    removeEventListener("online", changed);
    removeEventListener("online", hasNetworkAgain);
    removeEventListener("offline", changed);
  };
}

/** Whether there is a network: the browser believes so, and the platform answered when it was last asked. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && isAnswered);
}
