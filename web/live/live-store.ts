import {
  type AlarmSummary,
  decodeCellFrame,
  type LiveCounters,
  type LiveMachine,
  type LiveMessage,
  type SentLiveView,
  type StateCounts,
} from "@hanyouxu/api";
import { type FrameTaken, LiveCells } from "./live-cells.ts";

export interface LiveView {
  /** Of the cells that are looked at, and those with an open alarm where they are asked for. */
  machines: ReadonlyMap<string, LiveMachine>;
  /** Machines of these cells under the filter; when they are too many only those with alarms are told one by one. */
  inView: { machines: number; isTooMany: boolean } | null;
  counters: LiveCounters | null;
  /** Machines on the map under the filter, by state. */
  states: StateCounts | null;
  strongest: readonly LiveMachine[];
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

const NOTHING = { result: "applied", changedIds: [], alarms: [], isWhole: false } as const;

/** What the live connection has told, kept from a snapshot and the deltas that follow it without a gap. */
export class LiveStore {
  #view: LiveView = {
    machines: new Map(),
    inView: null,
    counters: null,
    states: null,
    strongest: [],
    at: null,
  };
  #sequence: number | null = null;
  readonly #cells = new LiveCells();
  readonly #listeners = new Set<() => void>();

  readonly view = (): LiveView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  asks(view: SentLiveView): void {
    this.#cells.asks(view);
  }

  lost(): void {
    this.#sequence = null;
    this.#cells.lost();
  }

  apply(message: LiveMessage): Applied {
    const isNext = this.#sequence !== null && message.sequence === this.#sequence + 1;
    if (message.type !== "snapshot" && !isNext) {
      if (this.#sequence === null) return { result: "waiting" };
      this.#sequence = null;
      return { result: "gap" };
    }
    this.#sequence = message.sequence;
    if (message.type === "alarms") return { ...NOTHING, alarms: message.alarms };
    if (message.type === "view") {
      this.#cells.answered(message.view, message.isTooMany);
      const { machines, isTooMany } = message;
      this.#show({ machines: this.#cells.machines(), inView: { machines, isTooMany } });
      return NOTHING;
    }
    const { counters, states, at, strongest = this.#view.strongest } = message;
    this.#show({ counters, states, at, strongest });
    return message.type === "delta"
      ? { ...NOTHING, changedIds: message.changed }
      : { ...NOTHING, isWhole: true };
  }

  applyCell(bytes: Uint8Array): FrameTaken {
    const taken = this.#cells.take(decodeCellFrame(bytes));
    if (taken === "applied") this.#show({ machines: this.#cells.machines() });
    return taken;
  }

  #show(news: Partial<LiveView>): void {
    this.#view = { ...this.#view, ...news };
    for (const listener of this.#listeners) listener();
  }
}
