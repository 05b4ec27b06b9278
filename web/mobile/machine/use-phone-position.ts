import type { Position } from "@hanyouxu/protocol";
import { useEffect, useState } from "react";
import { phonePosition } from "../scan/position.ts";

/** Asks for the phone's place once a page, at the scan; `undefined` while it is being found. */
export function usePhonePosition(): {
  found: Position | null | undefined;
  promise: Promise<Position | null>;
} {
  const [promise] = useState(phonePosition);
  const [found, setFound] = useState<Position | null>();
  useEffect(() => {
    let isGone = false;
    void promise.then((position) => {
      if (!isGone) setFound(position);
    });
    return () => {
      isGone = true;
    };
  }, [promise]);
  return { found, promise };
}
