import { startTransition, useEffect, useState } from "react";

/** A slow network keeps the map's tiles; what stands beside it has its own use. */
const MOST_WAIT_MS = 2_000;

/**
 * True once the map stands, or a while after it was begun: what stands beside it takes nothing from its first picture.
 * Where software draws, that is a tenth of the wait.
 */
export function useIsAfterMap(hasPicture: boolean, hasBegun: boolean): boolean {
  const [isAfter, setIsAfter] = useState(false);
  useEffect(() => {
    if (!hasBegun) return;
    const show = () => startTransition(() => setIsAfter(true));
    if (hasPicture) return show();
    const timer = setTimeout(show, MOST_WAIT_MS);
    return () => clearTimeout(timer);
  }, [hasPicture, hasBegun]);
  return isAfter;
}
