import type { MachineId } from "@hanyouxu/protocol";
import { defaultStartPolicy, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { machineStateOf, stateFactsOf } from "../machines/machines.ts";
import type { MachineColumns, MachineRecord } from "./machine-columns.ts";
import {
  type ChangedMachine,
  type MachineRecordRow,
  type Since,
  selectChangedMachines,
  selectMachineRecords,
  selectNextMachines,
  selectOldestXid,
} from "./queries.ts";

/** So many machines a statement: the embedded database serves nobody else meanwhile. */
const MACHINES_AT_ONCE = 50;
/** At the start nobody is served yet. */
const MACHINES_AT_START = 2_000;
/** The walk comes through all machines in a minute, of a province in some five. */
const WALK_TICKS = 60;
const MOST_WALKED = 500;
/** Commits become visible a little after the time they carry. */
const OVERLAP_MS = 1_500;
const ALARM_OVERLAP_MS = 5_000;
const LEASE_MS = defaultStartPolicy.chipLeaseSeconds * 1000;
const SEVERITIES = ["notice", "warning", "danger"] as const;

/**
 * Keeps the columns as the database is, whichever server has written it: at the start all machines, then at each tick those
 * of which something has changed, and a part of the others, for what changes without a trace (a place that was left, a
 * certificate that ran out).
 */
export class ColumnsReader {
  readonly #ctx: Pick<AppContext, "db" | "clock">;
  readonly #columns: MachineColumns;
  #readUntil: { atMs: number; xid: string } | undefined;
  #walkedTo: MachineId | null = null;
  /** Looks overlap: the twins that the last one found, which need not be read again as long as nobody writes them. */
  #twinVersions: ReadonlyMap<MachineId, string> = new Map();

  constructor(ctx: Pick<AppContext, "db" | "clock">, columns: MachineColumns) {
    this.#ctx = ctx;
    this.#columns = columns;
  }

  /** One tick; the first reads everything. */
  async refresh(): Promise<void> {
    const atMs = this.#ctx.clock.nowMs();
    const xid = await selectOldestXid(this.#ctx.db);
    if (this.#readUntil) {
      const changed = await selectChangedMachines(this.#ctx.db, sinceOf(this.#readUntil, atMs));
      // A grant ends without a word from the chip.
      const granted = [...this.#columns.rowsInState("granted")].map((row) => this.#columns.ids[row]!);
      const walked = await this.#walk();
      await this.#read([...new Set([...this.#unread(changed), ...granted, ...walked])], MACHINES_AT_ONCE);
      this.#twinVersions = versionsOf(changed);
    } else {
      await this.#readAll();
    }
    this.#readUntil = { atMs, xid };
    this.#columns.endLeases(atMs);
  }

  #unread(changed: readonly ChangedMachine[]): MachineId[] {
    return changed
      .filter(
        ({ machine_id, twin_version, is_more_than_twin }) =>
          is_more_than_twin || this.#twinVersions.get(machine_id) !== twin_version,
      )
      .map(({ machine_id }) => machine_id);
  }

  async #readAll(): Promise<void> {
    let after: MachineId | null = null;
    for (;;) {
      const machineIds: MachineId[] = await selectNextMachines(this.#ctx.db, after, MACHINES_AT_START);
      await this.#read(machineIds, MACHINES_AT_START);
      if (machineIds.length < MACHINES_AT_START) return;
      after = machineIds.at(-1)!;
    }
  }

  async #walk(): Promise<MachineId[]> {
    const most = Math.min(MOST_WALKED, Math.ceil(this.#columns.count / WALK_TICKS) + 1);
    const machineIds = await selectNextMachines(this.#ctx.db, this.#walkedTo, most);
    this.#walkedTo = machineIds.length < most ? null : machineIds.at(-1)!;
    return machineIds;
  }

  async #read(machineIds: readonly MachineId[], atOnce: number): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    for (let start = 0; start < machineIds.length; start += atOnce) {
      const part = machineIds.slice(start, start + atOnce);
      for (const row of await selectMachineRecords(this.#ctx.db, part, shanghaiDay(nowMs)))
        this.#columns.put(recordOf(row, nowMs));
    }
  }
}

function versionsOf(changed: readonly ChangedMachine[]): Map<MachineId, string> {
  const versions = new Map<MachineId, string>();
  for (const { machine_id, twin_version } of changed)
    if (twin_version !== null) versions.set(machine_id, twin_version);
  return versions;
}

function sinceOf({ atMs, xid }: { atMs: number; xid: string }, nowMs: number): Since {
  return {
    heard: new Date(atMs - OVERLAP_MS),
    gone: new Date(nowMs - LEASE_MS),
    alarms: new Date(atMs - ALARM_OVERLAP_MS),
    xid,
  };
}

function recordOf(row: MachineRecordRow, nowMs: number): MachineRecord {
  const latitudeDegrees = row.latitude_degrees ?? row.home_latitude_degrees;
  const longitudeDegrees = row.longitude_degrees ?? row.home_longitude_degrees;
  const state = machineStateOf(stateFactsOf(row), nowMs, defaultStartPolicy.chipLeaseSeconds);
  const dependsOnLease =
    state === "arcing" || state === "energised" || state === "granted" || state === "idle";
  return {
    machineId: row.machine_id,
    name: row.name,
    regionCode: row.region_code,
    enterpriseId: row.enterprise_id,
    enterpriseType: row.type,
    domain: row.domain,
    industry: row.industry,
    process: row.process,
    isMobile: row.is_mobile,
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    state,
    leaseEndsAtMs: dependsOnLease ? row.last_heard_at!.getTime() + LEASE_MS : Number.POSITIVE_INFINITY,
    alarm: SEVERITIES[(row.alarm ?? 0) - 1] ?? null,
    currentAmps: row.relay_closed && row.current_amps !== null ? Math.round(row.current_amps) : null,
    certificateFamilies: row.families ?? [],
    keyAreaIds: row.key_area_ids ?? [],
    workedAtMs: row.is_at_work ? nowMs : (row.worked_at?.getTime() ?? null),
  };
}
