import { useSyncExternalStore } from "react";

/** What of a full-HD screen stands beside each other stands below each other on one that is higher than wide. */
const NARROW_UNITS = 480;
const isUpright = (widthPixels: number, heightPixels: number): boolean => widthPixels <= heightPixels;

/** One pixel of a full-HD screen, in pixels of this one: what `--u` is in wall.css. */
export function unitOf(widthPixels: number, heightPixels: number): number {
  if (isUpright(widthPixels, heightPixels)) return widthPixels / NARROW_UNITS;
  return Math.min(widthPixels / 1_920, heightPixels / 1_080);
}

function subscribe(changed: () => void): () => void {
  addEventListener("resize", changed);
  return () => removeEventListener("resize", changed);
}

/** The unit of what is drawn on a canvas, which no style sheet reaches; renewed when the window changes. */
export function useUnit(): number {
  return useSyncExternalStore(subscribe, () => unitOf(innerWidth, innerHeight));
}

/** Whether nothing stands on the map: keep it and wall.css together. */
export function useIsUpright(): boolean {
  return useSyncExternalStore(subscribe, () => isUpright(innerWidth, innerHeight));
}

/** Whether the wall is so wide that its panels stand in two columns a side: keep it and wall.css together. */
export function useIsVeryWide(): boolean {
  return useSyncExternalStore(subscribe, () => innerWidth / innerHeight >= 2.4);
}
