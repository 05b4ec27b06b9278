import { useEffect, useState } from "react";

/** Milliseconds of the page's own clock, renewed every second while `isRunning`. */
export function useTick(isRunning: boolean): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (!isRunning) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return nowMs;
}
