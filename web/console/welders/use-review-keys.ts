import { useEffect } from "react";

interface Keys {
  onMove: ((step: 1 | -1) => void) | undefined;
  onApprove: (() => void) | undefined;
  onReject: (() => void) | undefined;
}

/** Arrows go through the queue, A approves, R sends back; never while somebody types. */
export function useReviewKeys({ onMove, onApprove, onReject }: Keys): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const { target, key } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.closest("input, textarea, select, [role=combobox], [role=dialog]");
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = {
        ArrowDown: onMove && (() => onMove(1)),
        ArrowUp: onMove && (() => onMove(-1)),
        a: onApprove,
        r: onReject,
      }[key.length === 1 ? key.toLowerCase() : key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [onMove, onApprove, onReject]);
}
