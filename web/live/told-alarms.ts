import type { AlarmSummary } from "@hanyouxu/api";

/** Longer than any reading of a list takes: what was told while it was under way is not in its answer. */
const KEPT_MS = 30_000;
/** More a page never shows. */
const MOST = 2_000;

/** The alarms that the platform has told this page of late, each as it was told last. */
export class ToldAlarms {
  readonly #listeners = new Set<() => void>();
  readonly #kept = new Map<string, { alarm: AlarmSummary; atMs: number }>();
  #recent: readonly AlarmSummary[] = [];

  /** The same array until something is told. */
  readonly recent = (): readonly AlarmSummary[] => this.#recent;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  take(alarms: readonly AlarmSummary[], nowMs: number): void {
    if (alarms.length === 0) return;
    for (const alarm of alarms) {
      const before = this.#kept.get(alarm.alarmId);
      if (before && before.alarm.revision > alarm.revision) continue;
      // Anew at the end: the oldest stand first.
      this.#kept.delete(alarm.alarmId);
      this.#kept.set(alarm.alarmId, { alarm, atMs: nowMs });
    }
    for (const [alarmId, { atMs }] of this.#kept) {
      if (nowMs - atMs <= KEPT_MS && this.#kept.size <= MOST) break;
      this.#kept.delete(alarmId);
    }
    this.#show();
  }

  /** Nothing is told any more: how they stand now is not known. */
  forget(): void {
    if (this.#kept.size === 0) return;
    this.#kept.clear();
    this.#show();
  }

  #show(): void {
    this.#recent = [...this.#kept.values()].map(({ alarm }) => alarm);
    for (const listener of this.#listeners) listener();
  }
}
