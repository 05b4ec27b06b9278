import {
  ALARM_CELL,
  type CellFrame,
  type CellMachine,
  type LiveMachine,
  latitudeOf,
  longitudeOf,
  machineState,
  type SentLiveView,
} from "@hanyouxu/api";

export type FrameTaken = "applied" | "gap" | "waiting";

/** The newest state of every machine in the cells that are looked at, kept from frames that follow each other without a gap. */
export class LiveCells {
  /** By the page's number: views that were asked for and not answered yet. */
  readonly #asked = new Map<number, SentLiveView>();
  readonly #cells = new Map<number, { sequence: number | null; machines: Map<number, CellMachine> }>();
  #filter: string | null = null;

  asks(view: SentLiveView): void {
    this.#asked.set(view.view, view);
  }

  /** The connection was lost: what comes next begins anew; what is known stays until then. */
  lost(): void {
    this.#asked.clear();
    this.#filter = null;
  }

  /** The platform goes over to a view: what it goes on telling is kept. */
  answered(number: number, isTooMany: boolean): void {
    const view = this.#asked.get(number);
    for (const older of this.#asked.keys()) if (older <= number) this.#asked.delete(older);
    if (!view) return;
    const filter = JSON.stringify(view.filter);
    const wanted = new Set([...(isTooMany ? [] : view.cells), ...(view.hasAlarms ? [ALARM_CELL] : [])]);
    for (const cell of this.#cells.keys())
      if (filter !== this.#filter || !wanted.has(cell)) this.#cells.delete(cell);
    this.#filter = filter;
  }

  take(frame: CellFrame): FrameTaken {
    const known = this.#cells.get(frame.cell);
    if (!frame.isSnapshot && known?.sequence !== frame.sequence - 1) {
      if (!known || known.sequence === null) return "waiting";
      known.sequence = null;
      return "gap";
    }
    const machines = frame.isSnapshot || !known ? new Map<number, CellMachine>() : known.machines;
    for (const handle of frame.left) machines.delete(handle);
    for (const update of frame.changed) {
      const machine = machines.get(update.handle);
      if (machine) machines.set(update.handle, { ...machine, ...update });
    }
    for (const machine of frame.came) machines.set(machine.handle, machine);
    this.#cells.set(frame.cell, { sequence: frame.sequence, machines });
    return "applied";
  }

  /** All machines of all cells, each once. */
  machines(): Map<string, LiveMachine> {
    const found = new Map<string, LiveMachine>();
    for (const { machines } of this.#cells.values())
      for (const machine of machines.values()) found.set(machine.machineId, inWords(machine));
    return found;
  }
}

function inWords({ machineId, name, x, y, state, isMobile, currentAmps, alarm }: CellMachine): LiveMachine {
  return {
    id: machineId,
    name,
    longitudeDegrees: longitudeOf(x),
    latitudeDegrees: latitudeOf(y),
    state: machineState.options[state]!,
    isMobile,
    currentAmps,
    alarm: ([null, "notice", "warning", "danger"] as const)[alarm] ?? null,
  };
}
