import {
  ALARM_CELL,
  type CellFrame,
  type CellMachine,
  type CellUpdate,
  encodeCellFrame,
  MOST_IN_CELL,
  MOST_IN_VIEW,
} from "@hanyouxu/api";
import { type MachineColumns, type Matcher, NO_AMPS } from "../live-map/live-map.ts";

/** One cell of the map as readers with the same sight and filter are told of it: each frame is made once for all of them. */
export class CellTopic<Reader> {
  readonly cell: number;
  readonly readers = new Set<Reader>();
  readonly #columns: MachineColumns;
  #matcher: Matcher;
  /** Of each row its handle, and what is told of it only when it comes. */
  readonly #told = new Map<number, { handle: number; name: string; isMobile: number }>();
  readonly #free: number[] = [];
  #sequence = 0;
  #snapshot: Uint8Array | undefined;

  /** What is beyond comes in at the next review that finds room. */
  get #most(): number {
    return this.cell === ALARM_CELL ? MOST_IN_VIEW : MOST_IN_CELL;
  }

  constructor(columns: MachineColumns, cell: number, matcher: Matcher) {
    this.#columns = columns;
    this.#matcher = matcher;
    this.cell = cell;
    this.#comeAndGo(columns.rowsIn(cell));
  }

  /** How many machines are told of. */
  get size(): number {
    return this.#told.size;
  }

  /** Takes what has changed; undefined where that is nothing to these readers. */
  tell(rows: Iterable<number>, matcher: Matcher): Uint8Array | undefined {
    this.#matcher = matcher;
    const { came, left, stayed } = this.#comeAndGo(rows);
    return this.#deltaOf(came, left, stayed);
  }

  /** Looks at all of the cell again, for what a filter leaves out by now although nothing has changed. */
  review(matcher: Matcher): Uint8Array | undefined {
    this.#matcher = matcher;
    const { came, left } = this.#comeAndGo([...this.#columns.rowsIn(this.cell), ...this.#told.keys()]);
    return this.#deltaOf(came, left, []);
  }

  snapshot(): Uint8Array {
    this.#snapshot ??= this.#encode(true, [], [], [...this.#told.keys()]);
    return this.#snapshot;
  }

  #comeAndGo(rows: Iterable<number>): { came: number[]; left: number[]; stayed: number[] } {
    const within = this.#columns.rowsIn(this.cell);
    const [came, left, stayed]: [number[], number[], number[]] = [[], [], []];
    for (const row of new Set(rows)) {
      const told = this.#told.get(row);
      const isIn = within.has(row) && this.#isShown(row);
      if (told && !isIn) {
        this.#told.delete(row);
        this.#free.push(told.handle);
        left.push(told.handle);
      } else if (told && this.#isCalledElse(row, told)) {
        left.push(told.handle);
        this.#take(row, told.handle);
        came.push(row);
      } else if (told) stayed.push(row);
      else if (isIn && this.#told.size < this.#most) {
        this.#take(row, this.#free.pop() ?? this.#told.size);
        came.push(row);
      }
    }
    return { came, left, stayed };
  }

  #take(row: number, handle: number): void {
    const { names, at } = this.#columns;
    this.#told.set(row, { handle, name: names[row]!, isMobile: at.isMobile[row]! });
  }

  #isCalledElse(row: number, told: { name: string; isMobile: number }): boolean {
    const { names, at } = this.#columns;
    return told.name !== names[row] || told.isMobile !== at.isMobile[row];
  }

  #isShown(row: number): boolean {
    // That a machine is told of for its alarm must not say more than the alarm's own list would.
    return this.#matcher.matches(row) && (this.cell !== ALARM_CELL || this.#matcher.alarmOf(row) > 0);
  }

  #deltaOf(
    came: readonly number[],
    left: readonly number[],
    stayed: readonly number[],
  ): Uint8Array | undefined {
    if (came.length + left.length + stayed.length === 0) return undefined;
    this.#sequence++;
    this.#snapshot = undefined;
    return this.#encode(false, left, stayed, came);
  }

  #encode(
    isSnapshot: boolean,
    left: readonly number[],
    stayed: readonly number[],
    came: readonly number[],
  ): Uint8Array {
    const frame: CellFrame = {
      isSnapshot,
      cell: this.cell,
      sequence: this.#sequence,
      left,
      changed: stayed.map((row) => this.#updateOf(row)),
      came: came.map((row) => this.#machineOf(row)),
    };
    return encodeCellFrame(frame);
  }

  #updateOf(row: number): CellUpdate {
    const { x, y, state, currentAmps } = this.#columns.at;
    const amps = currentAmps[row]!;
    return {
      handle: this.#told.get(row)!.handle,
      x: x[row]!,
      y: y[row]!,
      state: state[row]!,
      alarm: this.#matcher.alarmOf(row),
      currentAmps: amps === NO_AMPS || !this.#matcher.readings.has(row) ? null : amps,
    };
  }

  #machineOf(row: number): CellMachine {
    return {
      ...this.#updateOf(row),
      machineId: this.#columns.ids[row]!,
      name: this.#columns.names[row]!,
      isMobile: this.#columns.at.isMobile[row] === 1,
    };
  }
}
