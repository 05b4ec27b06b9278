import { useState } from "react";

/** What is typed at the place and not yet handed in. */
export interface AlarmDraft {
  result: string;
  measures: string;
  /** Points of the check list that were looked at. */
  checked: readonly string[];
}

const EMPTY: AlarmDraft = { result: "", measures: "", checked: [] };
const storedAt = (personId: string, alarmId: string) => `hanyouxu.alarm-draft.${personId}.${alarmId}`;

/** Keeps what the form shows when it is opened next. */
export function keepDraft(personId: string, alarmId: string, draft: AlarmDraft): void {
  localStorage.setItem(storedAt(personId, alarmId), JSON.stringify(draft));
}

/** A form that a reload, a dead battery or a look at another page does not empty. */
export function useAlarmDraft(personId: string, alarmId: string) {
  const key = storedAt(personId, alarmId);
  const [draft, setDraft] = useState<AlarmDraft>(() => {
    const stored = localStorage.getItem(key);
    return stored ? (JSON.parse(stored) as AlarmDraft) : EMPTY;
  });
  return {
    draft,
    change(change: Partial<AlarmDraft>) {
      const changed = { ...draft, ...change };
      keepDraft(personId, alarmId, changed);
      setDraft(changed);
    },
    clear() {
      localStorage.removeItem(key);
      setDraft(EMPTY);
    },
  };
}
