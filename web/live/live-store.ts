import type { AlarmSummary, LiveCounters, LiveMachine, LiveMessage } from "@hanyouxu/api";

export interface LiveView {
  machines: ReadonlyMap<string, LiveMachine>;
  counters: LiveCounters | null;
  /** When the platform made the newest message, as an ISO instant. */
  at: string | null;
}

export type Applied =
  /** isWhole: a snapshot, before which alarms may have been missed. */
  | { result: "applied"; changedIds: readonly string[]; alarms: readonly AlarmSummary[]; isWhole: boolean }
  /** A message is missing: ask for a snapshot. */
  | { result: "gap" }
  /** Asked already; this delta is of no use. */
  | { result: "waiting" };

/** The newest state of every machine in view, kept from a snapshot and the deltas that follow it without a gap. */
export class LiveStore {
  #view: LiveView = { machines: new Map(), counters: null, at: null };
  #sequence: number | null = null;
  readonly #listeners = new Set<() => void>();

  readonly view = (): LiveView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  apply(message: LiveMessage): Applied {
    const isNext = this.#sequence !== null && message.sequence === this.#sequence + 1;
    if (message.type !== "snapshot" && !isNext) {
      if (this.#sequence === null) return { result: "waiting" };
      this.#sequence = null;
      return { result: "gap" };
    }
    this.#sequence = message.sequence;
    if (message.type === "alarms") {
      return {
        result: "applied",
        changedIds: [],
        alarms: message.alarms,
        isWhole: false,
      };
    }
    const machines = new Map(message.type === "snapshot" ? [] : this.#view.machines);
    for (const machine of message.machines) machines.set(machine.id, machine);
    this.#view = { machines, counters: message.counters, at: message.at };
    for (const listener of this.#listeners) listener();
    return {
      result: "applied",
      changedIds: message.machines.map((machine) => machine.id),
      alarms: [],
      isWhole: message.type === "snapshot",
    };
  }
}
