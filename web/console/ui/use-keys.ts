import { useEffect, useRef } from "react";

/** What a key does; undefined while it does nothing. Names as `KeyboardEvent.key` has them, in lower case. */
export type KeyActions = Readonly<Record<string, (() => void) | undefined>>;

/** Single keys for a desk where one case follows the other; never while somebody types or a dialog is open. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const { target, key } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.closest("input, textarea, select, [role=combobox], [role=dialog]");
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      // Enter presses what has the focus.
      if (key === "Enter" && target instanceof HTMLElement && target.closest("a, button")) return;
      const action = latest.current[key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
