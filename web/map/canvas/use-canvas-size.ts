import { type RefObject, useEffect, useState } from "react";
import type { Size } from "./canvas-view.ts";

/** The size that the page gives an element, in its own pixels; nought before it is known. */
export function useCanvasSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width, height });
    });
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
