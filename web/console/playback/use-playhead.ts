import { useEffect, useState } from "react";

const TICK_MS = 100;

/** A moment that moves over a time, so many times as fast as it passed, and stops at its end. */
export function usePlayhead(fromMs: number, toMs: number, startMs: number) {
  const [atMs, setAtMs] = useState(startMs);
  const [speed, setSpeed] = useState(60);
  const [isPlaying, setIsPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => setAtMs((before) => Math.min(toMs, before + TICK_MS * speed)), TICK_MS);
    return () => clearInterval(timer);
  }, [isPlaying, speed, toMs]);
  const isOver = atMs >= toMs;
  useEffect(() => {
    if (isOver) setIsPlaying(false);
  }, [isOver]);
  return {
    atMs,
    isPlaying,
    speed,
    setSpeed,
    goTo: setAtMs,
    toggle: () => {
      if (isOver) setAtMs(fromMs);
      setIsPlaying((before) => !before);
    },
  };
}
