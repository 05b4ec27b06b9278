import { useEffect, useState } from "react";

interface Shown {
  /** Names the list as it was asked for; a new one begins anew. */
  list: string;
  /** Of the page; undefined while it is not there. */
  ids: readonly string[] | undefined;
  /** It is the list's own page, not the one before. */
  isSettled: boolean;
  /** What the address says. */
  chosen: string | undefined;
  /** The address is of the way back or forth, not of a pick. */
  isReturn: boolean;
}

/**
 * Which of a moving list is looked at: what was chosen, else what stood first when the list was opened. It stays when newer
 * ones push it off the page: whoever presses a button means what he sees. What is picked is looked at at once, before
 * the address says so: meanwhile the list may have moved on, and the first of it is not what was picked.
 */
export function useLookedAt({
  list,
  ids,
  isSettled,
  chosen,
  isReturn,
}: Shown): [string | undefined, (id: string) => void] {
  const [kept, setKept] = useState<{ list: string; id: string }>();
  const [followed, setFollowed] = useState(chosen);
  const own = kept?.list === list ? kept.id : undefined;
  const found = ids && (chosen !== undefined && ids.includes(chosen) ? chosen : ids[0]);
  if (followed !== chosen) {
    setFollowed(chosen);
    // The address of a pick comes late: by then another may have been picked.
    if (isReturn) setKept(chosen === undefined ? undefined : { list, id: chosen });
  }
  useEffect(() => {
    if (isSettled && own === undefined && found !== undefined) setKept({ list, id: found });
  }, [list, isSettled, own, found]);
  return [own ?? found, (id) => setKept({ list, id })];
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
