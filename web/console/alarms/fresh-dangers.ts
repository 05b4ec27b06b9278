import type { AlarmSummary } from "@hanyouxu/api";

type Danger = Pick<AlarmSummary, "alarmId" | "raisedCount">;

/**
 * Finds the dangers that a desk has not been told of. Those of the first look were there before it: they are shown, and
 * call nobody. One that has gone up again is new.
 */
export class FreshDangers {
  #told: Map<string, number> | undefined;

  /** @returns those that are new since the last look */
  look<One extends Danger>(open: readonly One[]): One[] {
    const before = this.#told;
    this.#told ??= new Map();
    const fresh = open.filter(({ alarmId, raisedCount }) => raisedCount > (before?.get(alarmId) ?? 0));
    for (const { alarmId, raisedCount } of open) this.#told.set(alarmId, raisedCount);
    return before ? fresh : [];
  }
}
