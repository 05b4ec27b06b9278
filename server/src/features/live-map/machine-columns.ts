import {
  ALARM_CELL,
  cellAt,
  type LiveMachine,
  latitudeOf,
  longitudeOf,
  machineState,
  mercatorX,
  mercatorY,
} from "@hanyouxu/api";
import type { EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import type { alarmSeverities } from "@hanyouxu/rules";
import { Words } from "./words.ts";

/** One machine as it is read; its state and until when that holds without a word from its chip. */
export interface MachineRecord {
  machineId: MachineId;
  name: string;
  regionCode: RegionCode;
  enterpriseId: EnterpriseId;
  enterpriseType: string | null;
  domain: string | null;
  industry: string | null;
  process: string;
  isMobile: boolean;
  place: { latitudeDegrees: number; longitudeDegrees: number } | null;
  state: LiveMachine["state"];
  /** From then on it counts as offline; Infinity where that depends on nothing. */
  leaseEndsAtMs: number;
  alarm: (typeof alarmSeverities)[number] | null;
  currentAmps: number | null;
  /** Of who holds it. */
  certificateFamilies: readonly string[];
  /** That it is followed to be inside of. */
  keyAreaIds: readonly string[];
  /** When it was last energised; null for never. */
  workedAtMs: number | null;
}

/** Every column that filters go by is of one kind: a loop over them stays fast. */
const KINDS = {
  region: Uint16Array,
  enterpriseType: Uint16Array,
  domain: Uint16Array,
  industry: Uint16Array,
  process: Uint16Array,
  isMobile: Uint16Array,
  state: Uint16Array,
  /** 0 for no open alarm, else 1 notice, 2 warning, 3 danger. */
  alarm: Uint16Array,
  /** A bit for each of the families. */
  families: Uint16Array,
  isInKeyArea: Uint16Array,
  isPlaced: Uint16Array,
  currentAmps: Uint16Array,
  x: Uint32Array,
  y: Uint32Array,
  cell: Uint32Array,
  enterprise: Uint32Array,
  /** Minutes since 1970; 0 for never. */
  workedAtMinute: Uint32Array,
  leaseEndsAtMs: Float64Array,
} as const;
type Kinds = typeof KINDS;
export type ColumnName = keyof Kinds;
type Columns = { [Name in ColumnName]: InstanceType<Kinds[Name]> };

/** A machine that nobody has placed is in no cell. */
export const NO_CELL = ALARM_CELL - 1;
export const NO_AMPS = 0xffff;
const FIRST_CAPACITY = 1_024;
const STATES = machineState.options;
const OFFLINE = STATES.indexOf("offline");
/** Graver ones have higher numbers. */
const SEVERITIES = [
  "notice",
  "warning",
  "danger",
] as const satisfies readonly (typeof alarmSeverities)[number][];

/**
 * Every machine of the platform as a struct of arrays: some 60 bytes a machine beside its id and name. A row stays a
 * machine's for as long as the process runs.
 */
export class MachineColumns {
  count = 0;
  at: Columns = allocate(FIRST_CAPACITY);
  readonly ids: MachineId[] = [];
  readonly names: string[] = [];
  /** Only of those that are in some. */
  readonly keyAreas = new Map<number, readonly string[]>();
  readonly regions = new Words<RegionCode>();
  readonly enterprises = new Words<EnterpriseId>();
  readonly enterpriseTypes = new Words();
  readonly domains = new Words();
  readonly industries = new Words();
  readonly processes = new Words();
  readonly families = new Words();
  readonly #rows = new Map<MachineId, number>();
  readonly #byCell = new Map<number, Set<number>>();
  readonly #alarming = new Set<number>();
  /** Rows that have changed since they were last asked for, with the cell that each was in before. */
  #changed = new Map<number, number>();

  rowOf(machineId: string): number | undefined {
    return this.#rows.get(machineId as MachineId);
  }

  rowsIn(cell: number): ReadonlySet<number> {
    return (cell === ALARM_CELL ? this.#alarming : this.#byCell.get(cell)) ?? new Set();
  }

  /** Takes a machine as it now is. */
  put(record: MachineRecord): void {
    const row = this.#rows.get(record.machineId) ?? this.#append(record.machineId);
    const before = this.at.cell[row]!;
    const x = record.place ? mercatorX(record.place.longitudeDegrees) : 0;
    const y = record.place ? mercatorY(record.place.latitudeDegrees) : 0;
    const families = record.certificateFamilies.reduce(
      (bits, family) => bits | (1 << this.families.of(family)),
      0,
    );
    const keyAreas = record.keyAreaIds.join();
    let isChanged = this.names[row] !== record.name || keyAreas !== (this.keyAreas.get(row)?.join() ?? "");
    this.names[row] = record.name;
    if (keyAreas === "") this.keyAreas.delete(row);
    else this.keyAreas.set(row, record.keyAreaIds);
    this.at.leaseEndsAtMs[row] = record.leaseEndsAtMs;
    const values: Record<Exclude<ColumnName, "leaseEndsAtMs">, number> = {
      region: this.regions.of(record.regionCode),
      enterprise: this.enterprises.of(record.enterpriseId),
      enterpriseType: this.enterpriseTypes.of(record.enterpriseType ?? ""),
      domain: this.domains.of(record.domain ?? ""),
      industry: this.industries.of(record.industry ?? ""),
      process: this.processes.of(record.process),
      isMobile: Number(record.isMobile),
      state: STATES.indexOf(record.state),
      alarm: record.alarm === null ? 0 : SEVERITIES.indexOf(record.alarm) + 1,
      families,
      isInKeyArea: Number(keyAreas !== ""),
      isPlaced: Number(record.place !== null),
      currentAmps:
        record.currentAmps === null ? NO_AMPS : Math.min(Math.max(0, record.currentAmps), NO_AMPS - 1),
      x,
      y,
      cell: record.place ? cellAt(x, y) : NO_CELL,
      workedAtMinute: record.workedAtMs === null ? 0 : Math.floor(record.workedAtMs / 60_000),
    };
    for (const name of VALUE_NAMES) {
      if (this.at[name][row] === values[name]) continue;
      this.at[name][row] = values[name];
      isChanged = true;
    }
    if (isChanged) this.#note(row, before);
  }

  /** Machines whose chips have been silent for too long are offline from now on. */
  endLeases(nowMs: number): void {
    const { leaseEndsAtMs, state } = this.at;
    for (let row = 0; row < this.count; row++) {
      if (leaseEndsAtMs[row]! >= nowMs || state[row] === OFFLINE) continue;
      leaseEndsAtMs[row] = Number.POSITIVE_INFINITY;
      state[row] = OFFLINE;
      this.#note(row, this.at.cell[row]!);
    }
  }

  /** Rows that have changed since the last call, each with the cell that it was in then. */
  takeChanged(): ReadonlyMap<number, number> {
    const changed = this.#changed;
    this.#changed = new Map();
    return changed;
  }

  /** Rows in one of some states. */
  *rowsInState(wanted: LiveMachine["state"]): Generator<number> {
    const index = STATES.indexOf(wanted);
    for (let row = 0; row < this.count; row++) if (this.at.state[row] === index) yield row;
  }

  /** A machine in words, with all that is known. */
  machineAt(row: number): LiveMachine {
    const amps = this.at.currentAmps[row]!;
    return {
      id: this.ids[row]!,
      name: this.names[row]!,
      longitudeDegrees: longitudeOf(this.at.x[row]!),
      latitudeDegrees: latitudeOf(this.at.y[row]!),
      state: STATES[this.at.state[row]!]!,
      isMobile: this.at.isMobile[row] === 1,
      currentAmps: amps === NO_AMPS ? null : amps,
      alarm: SEVERITIES[this.at.alarm[row]! - 1] ?? null,
    };
  }

  #append(machineId: MachineId): number {
    const row = this.count++;
    if (row === this.at.x.length) this.at = allocate(row * 2, this.at);
    this.#rows.set(machineId, row);
    this.ids[row] = machineId;
    this.at.cell[row] = NO_CELL;
    // No state has this number: whatever is put counts as a change.
    this.at.state[row] = STATES.length;
    return row;
  }

  #note(row: number, before: number): void {
    if (!this.#changed.has(row)) this.#changed.set(row, before);
    const cell = this.at.cell[row]!;
    if (cell !== before) this.#byCell.get(before)?.delete(row);
    if (cell !== NO_CELL) {
      const rows = this.#byCell.get(cell) ?? new Set();
      this.#byCell.set(cell, rows.add(row));
    }
    if (this.at.alarm[row] === 0 || cell === NO_CELL) this.#alarming.delete(row);
    else this.#alarming.add(row);
  }
}

const VALUE_NAMES = (Object.keys(KINDS) as ColumnName[]).filter((name) => name !== "leaseEndsAtMs");

function allocate(capacity: number, before?: Columns): Columns {
  const columns = Object.entries(KINDS).map(([name, Kind]) => {
    const column = new Kind(capacity);
    if (before) column.set(before[name as ColumnName]);
    return [name, column];
  });
  return Object.fromEntries(columns);
}
