import { type LiveMachine, type MapFilter, machineState } from "@hanyouxu/api";
import { isWithinRegion, type Scope } from "../sign-in/sign-in.ts";
import type { ColumnName, MachineColumns } from "./machine-columns.ts";

type Filtered = Extract<
  ColumnName,
  | "region"
  | "enterpriseType"
  | "domain"
  | "industry"
  | "process"
  | "isMobile"
  | "state"
  | "alarm"
  | "families"
  | "isInKeyArea"
>;

/** Where somebody may see machines, over the columns as they are: regions and firms that come later are not known to it. */
export class Reach {
  readonly #columns: MachineColumns;
  readonly #isEverywhere: boolean;
  readonly #regions: Uint8Array;
  readonly #enterprises: ReadonlySet<number>;

  constructor(columns: MachineColumns, scope: Scope) {
    this.#columns = columns;
    this.#isEverywhere = scope.everywhere;
    this.#regions = columns.regions.mask((region) =>
      scope.regions.some((own) => isWithinRegion(own, region)),
    );
    this.#enterprises = new Set(
      scope.enterprises.map((enterpriseId) => columns.enterprises.of(enterpriseId)),
    );
  }

  has(row: number): boolean {
    const { region, enterprise } = this.#columns.at;
    return (
      this.#isEverywhere ||
      this.#regions[region[row]!] === 1 ||
      (this.#enterprises.size > 0 && this.#enterprises.has(enterprise[row]!))
    );
  }
}

/** What somebody may see of machines, and where. */
export interface MapSight {
  machines: Scope;
  readings: Scope;
  alarms: Scope;
  /** Whose certificates. */
  people: Scope;
}

/**
 * Which rows somebody may see that a filter leaves, over the columns as they are. It is made anew for every look: that
 * takes microseconds, a look at all rows a millisecond or two. A filter by what may not be seen leaves nothing.
 */
export class Matcher {
  /** Whose readings and alarms, and whose holders' certificates may be told. */
  readonly readings: Reach;
  readonly alarms: Reach;
  readonly people: Reach;
  readonly #columns: MachineColumns;
  readonly #reaches: Reach[];
  readonly #tests: { column: Uint16Array; allowed: Uint8Array }[] = [];
  readonly #workedSinceMinute: number;
  readonly #keyAreaId: string | undefined;

  constructor(columns: MachineColumns, sight: MapSight, filter: MapFilter, nowMs: number) {
    this.#columns = columns;
    this.readings = new Reach(columns, sight.readings);
    this.alarms = new Reach(columns, sight.alarms);
    this.people = new Reach(columns, sight.people);
    this.#reaches = [
      new Reach(columns, sight.machines),
      ...(filter.hasAlarm === undefined ? [] : [this.alarms]),
      ...(filter.certificateFamilies === undefined ? [] : [this.people]),
      ...(filter.isInKeyArea === undefined && filter.keyAreaId === undefined ? [] : [this.readings]),
    ];
    this.#keyAreaId = filter.keyAreaId;
    this.#workedSinceMinute =
      filter.workedWithinHours === undefined ? 0 : Math.floor(nowMs / 60_000) - filter.workedWithinHours * 60;
    this.#addTests(filter);
  }

  matches(row: number): boolean {
    for (const { column, allowed } of this.#tests) if (allowed[column[row]!] !== 1) return false;
    for (const reach of this.#reaches) if (!reach.has(row)) return false;
    if (this.#workedSinceMinute > 0 && this.#columns.at.workedAtMinute[row]! < this.#workedSinceMinute)
      return false;
    return (
      this.#keyAreaId === undefined || this.#columns.keyAreas.get(row)?.includes(this.#keyAreaId) === true
    );
  }

  /** The gravest open alarm of a row as this person may know it: 0 for none, up to 3 for danger. */
  alarmOf(row: number): number {
    const alarm = this.#columns.at.alarm[row]!;
    return alarm > 0 && this.alarms.has(row) ? alarm : 0;
  }

  machineAt(row: number): LiveMachine {
    const machine = this.#columns.machineAt(row);
    return {
      ...machine,
      currentAmps: this.readings.has(row) ? machine.currentAmps : null,
      alarm: this.alarms.has(row) ? machine.alarm : null,
    };
  }

  #addTests(filter: MapFilter): void {
    const columns = this.#columns;
    const { region, states, industries, certificateFamilies, hasAlarm } = filter;
    if (region !== undefined)
      this.#test(
        "region",
        columns.regions.mask((code) => isWithinRegion(region, code)),
      );
    if (states)
      this.#test(
        "state",
        Uint8Array.from(machineState.options, (state) => Number(states.includes(state))),
      );
    if (industries) {
      const isWanted = (code: string) => industries.some((wanted) => code.startsWith(wanted));
      this.#test("industry", columns.industries.mask(isWanted));
    }
    this.#oneOf("enterpriseType", filter.enterpriseTypes, columns.enterpriseTypes);
    this.#oneOf("domain", filter.domains, columns.domains);
    this.#oneOf("process", filter.processes, columns.processes);
    this.#yesOrNo("isMobile", filter.isMobile);
    this.#yesOrNo("isInKeyArea", filter.isInKeyArea);
    if (hasAlarm !== undefined)
      this.#test(
        "alarm",
        Uint8Array.from([0, 1, 2, 3], (alarm) => Number(alarm > 0 === hasAlarm)),
      );
    if (certificateFamilies) {
      const wanted = certificateFamilies.reduce(
        (bits, family) => bits | (1 << columns.families.of(family)),
        0,
      );
      const sets = Array.from({ length: 2 ** columns.families.all.length }, (_, bits) => bits);
      this.#test(
        "families",
        Uint8Array.from(sets, (bits) => Number((bits & wanted) !== 0)),
      );
    }
  }

  #test(name: Filtered, allowed: Uint8Array): void {
    this.#tests.push({ column: this.#columns.at[name], allowed });
  }

  #oneOf(name: Filtered, wanted: readonly string[] | undefined, words: MachineColumns["domains"]): void {
    if (wanted)
      this.#test(
        name,
        words.mask((word) => wanted.includes(word)),
      );
  }

  #yesOrNo(name: Filtered, wanted: boolean | undefined): void {
    if (wanted !== undefined) this.#test(name, Uint8Array.from([Number(!wanted), Number(wanted)]));
  }
}
