import { startTransition, useEffect, useState } from "react";

/** True from the picture after the one with the map: what stands beside the map does not keep it from being begun. */
export function useIsAfterMap(hasMap: boolean): boolean {
  const [isAfter, setIsAfter] = useState(false);
  useEffect(() => {
    if (hasMap) startTransition(() => setIsAfter(true));
  }, [hasMap]);
  return isAfter;
}
