import { useEffect } from "react";

/** Keeps the screen on while `isWanted`, where the phone allows it; the lock is lost with the page's visibility. */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return;
    // Absent on plain http and in old browsers; refused when the battery is low.
    const lock = navigator.wakeLock?.request("screen").catch(() => undefined);
    return () => void lock?.then((held) => held?.release());
  }, [isWanted]);
}
