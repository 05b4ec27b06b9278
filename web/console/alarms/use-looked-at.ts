import { useEffect, useState } from "react";

interface Shown {
  /** Names the list as it was asked for, with what was chosen; a new one begins anew. */
  list: string;
  /** Of the page; undefined while it is not there. */
  ids: readonly string[] | undefined;
  /** It is the list's own page, not the one before. */
  isSettled: boolean;
  chosen: string | undefined;
}

/**
 * Which of a moving list is looked at: what was chosen, else what stood first when the list was opened. It stays when newer
 * ones push it off the page: whoever presses a button means what he sees.
 */
export function useLookedAt({ list, ids, isSettled, chosen }: Shown): string | undefined {
  const [kept, setKept] = useState<{ list: string; id: string }>();
  const own = kept?.list === list ? kept.id : undefined;
  const found = ids && (chosen !== undefined && ids.includes(chosen) ? chosen : ids[0]);
  useEffect(() => {
    if (isSettled && own === undefined && found !== undefined) setKept({ list, id: found });
  }, [list, isSettled, own, found]);
  return own ?? found;
}

/**
 * A value that stands still while it is held: nobody can pick from a list that runs away under the pointer.
 * @param of what it is a value of: another is never held back
 */
export function useHeld<Value>(value: Value, isHeld: boolean, of: string): Value {
  const [kept, setKept] = useState({ value, of });
  const isKept = isHeld && kept.of === of;
  if (!isKept && (kept.value !== value || kept.of !== of)) setKept({ value, of });
  return isKept ? kept.value : value;
}
