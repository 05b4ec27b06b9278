import { useEffect, useState } from "react";

/** Whole seconds left until `untilMs`, counted down to 0. */
export function useCountDown(untilMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const secondsLeft = Math.max(0, Math.ceil((untilMs - nowMs) / 1_000));
  const isRunning = secondsLeft > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new end starts the clock again.
  useEffect(() => {
    setNowMs(Date.now());
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(Date.now()), 250);
    return () => clearInterval(timer);
  }, [untilMs, isRunning]);
  return secondsLeft;
}
