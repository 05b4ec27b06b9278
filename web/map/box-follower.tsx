import { useEffect } from "react";
import { useViewBox } from "./view-box.ts";

/** Tells what of the world the map shows to what stands beside it. */
export function BoxFollower({ onBox }: { onBox: (box: string) => void }): null {
  const box = useViewBox();
  useEffect(() => onBox(box), [box, onBox]);
  return null;
}
