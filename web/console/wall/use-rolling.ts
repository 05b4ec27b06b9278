import { useEffect, useRef } from "react";

/** Some people get sick from what moves, and say so once to their system. */
export const movesLittle = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const EVERY_MS = 3_000;

/** A list that rolls on by a row every few seconds while it may, and begins again at its end. */
export function useRolling(mayRoll: boolean) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mayRoll || movesLittle) return;
    const timer = setInterval(() => {
      const box = list.current;
      const row = box?.querySelector("li");
      if (!box || !row) return;
      const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
      box.scrollTo({ top: isAtEnd ? 0 : box.scrollTop + row.offsetHeight, behavior: "smooth" });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [mayRoll]);
  return list;
}
