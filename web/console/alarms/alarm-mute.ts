import { useSyncExternalStore } from "react";

const keyOf = (personId: string) => `hanyouxu.alarms-muted.${personId}`;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another window of the same desk.
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

/** Whether this person wants no sound on this device; kept over a reload, of nobody else's concern. */
export function useAlarmMute(personId: string | undefined): [isMuted: boolean, mute: (on: boolean) => void] {
  const isMuted = useSyncExternalStore(
    subscribe,
    () => personId !== undefined && localStorage.getItem(keyOf(personId)) !== null,
  );
  return [
    isMuted,
    (on) => {
      if (personId === undefined) return;
      if (on) localStorage.setItem(keyOf(personId), "yes");
      else localStorage.removeItem(keyOf(personId));
      for (const listener of listeners) listener();
    },
  ];
}
