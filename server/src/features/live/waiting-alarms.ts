import type { AlarmSummary } from "@hanyouxu/api";

const SEVERITIES = ["danger", "warning", "notice"] as const satisfies AlarmSummary["severity"][];

/** What a page is still to be told: each alarm once, as it now is, dangers before all, else in the order of their coming. */
export class WaitingAlarms {
  readonly #bySeverity = {
    danger: new Map<string, AlarmSummary>(),
    warning: new Map<string, AlarmSummary>(),
    notice: new Map<string, AlarmSummary>(),
  };

  add(alarm: AlarmSummary): void {
    this.#bySeverity[alarm.severity].set(alarm.alarmId, alarm);
  }

  take(most: number): AlarmSummary[] {
    const taken = SEVERITIES.flatMap((severity) =>
      [...this.#bySeverity[severity].values()].slice(0, most),
    ).slice(0, most);
    for (const { alarmId, severity } of taken) this.#bySeverity[severity].delete(alarmId);
    return taken;
  }

  counts(): Record<AlarmSummary["severity"], number> {
    const { danger, warning, notice } = this.#bySeverity;
    return { danger: danger.size, warning: warning.size, notice: notice.size };
  }
}
