import {
  type LiveCounters,
  type LiveMachine,
  type MapFilter,
  machineState,
  type StateCounts,
} from "@hanyouxu/api";
import { type MachineColumns, type MapSight, Matcher, NO_AMPS, statesOf } from "../live-map/live-map.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import type { RefusalCount } from "./queries.ts";

/** Where a follower sees more than how many machines there are: each of them, and what else is counted. */
export interface LiveSight extends MapSight {
  /** Undefined: may not even be counted. */
  decisions: Scope | undefined;
  alarmCounts: Scope | undefined;
}

export interface Figures {
  counters: LiveCounters;
  states: StateCounts;
  strongest: readonly LiveMachine[];
  /** Equal for equal lists of the strongest arcs. */
  strongestKey: string;
}

const SHOWN = 8;
const STATES = machineState.options;
const [TAMPERED, FAULTED, OFFLINE, ARCING, ENERGISED] = (
  ["tampered", "faulted", "offline", "arcing", "energised"] as const
).map((state) => STATES.indexOf(state));

/** Followers with the same sight and filter: what they are told is worked out once for all of them. */
export class Audience {
  readonly #columns: MachineColumns;
  readonly #scope: Scope;
  readonly #sight: LiveSight;
  readonly filter: MapFilter;
  readonly whole: Audience | undefined;
  #matcher: Matcher | undefined;
  #figures: Figures | undefined;

  /** @param whole of those with the same sight and no filter: what is counted whatever is filtered by */
  constructor(columns: MachineColumns, scope: Scope, sight: LiveSight, filter: MapFilter, whole?: Audience) {
    this.whole = whole;
    this.#columns = columns;
    this.#scope = scope;
    this.#sight = sight;
    this.filter = filter;
  }

  /** Names it among others. */
  static keyOf(scope: Scope, sight: LiveSight, filter: MapFilter): string {
    return JSON.stringify([scope, sight, filter]);
  }

  /** What was worked out before no longer holds. */
  forget(): void {
    this.#matcher = undefined;
    this.#figures = undefined;
  }

  matcher(nowMs: number): Matcher {
    this.#matcher ??= new Matcher(this.#columns, this.#sight, this.filter, nowMs);
    return this.#matcher;
  }

  figures(nowMs: number, refusals: readonly RefusalCount[]): Figures {
    this.#figures ??= this.#count(nowMs, refusals);
    return this.#figures;
  }

  #count(nowMs: number, refusals: readonly RefusalCount[]): Figures {
    const matcher = this.matcher(nowMs);
    const { states: chosen } = this.filter;
    const inAnyState = chosen
      ? new Matcher(this.#columns, this.#sight, { ...this.filter, states: undefined }, nowMs)
      : matcher;
    const byState = new Array<number>(STATES.length).fill(0);
    const arcs: number[] = [];
    const { state, isPlaced } = this.#columns.at;
    for (let row = 0; row < this.#columns.count; row++) {
      if (isPlaced[row] === 0 || !inAnyState.matches(row)) continue;
      byState[state[row]!]!++;
      if (state[row] === ARCING && matcher.matches(row)) arcs.push(row);
    }
    const strongest = this.#strongest(arcs, matcher);
    return {
      counters: this.whole?.figures(nowMs, refusals).counters ?? this.#countWhole(nowMs, refusals),
      states: statesOf(byState),
      strongest,
      strongestKey: strongest.map(({ id, currentAmps }) => `${id} ${currentAmps}`).join(),
    };
  }

  #countWhole(nowMs: number, refusals: readonly RefusalCount[]): LiveCounters {
    const { decisions, alarmCounts } = this.#sight;
    const unfiltered = (machines: Scope) =>
      new Matcher(this.#columns, { ...this.#sight, machines }, {}, nowMs);
    const counted = unfiltered(this.#scope);
    const alarming = alarmCounts && unfiltered(alarmCounts);
    const counters = { machines: 0, online: 0, working: 0 };
    let alarms = 0;
    const { state, isPlaced } = this.#columns.at;
    for (let row = 0; row < this.#columns.count; row++) {
      const now = state[row]!;
      const isShown = isPlaced[row] === 1;
      if (isShown && (now === TAMPERED || now === FAULTED) && alarming?.matches(row)) alarms++;
      if (!counted.matches(row)) continue;
      counters.machines++;
      if (isShown && now !== OFFLINE) counters.online++;
      if (isShown && (now === ARCING || now === ENERGISED)) counters.working++;
    }
    return {
      ...counters,
      refusedToday: decisions ? refusedWithin(refusals, decisions) : null,
      alarms: alarmCounts ? alarms : null,
    };
  }

  /** By current where that may be seen, else as they come. */
  #strongest(arcs: readonly number[], matcher: Matcher): LiveMachine[] {
    const { currentAmps } = this.#columns.at;
    const ampsOf = (row: number) =>
      matcher.readings.has(row) && currentAmps[row] !== NO_AMPS ? currentAmps[row]! : 0;
    return [...arcs]
      .sort((a, b) => ampsOf(b) - ampsOf(a))
      .slice(0, SHOWN)
      .map((row) => matcher.machineAt(row));
  }
}

function refusedWithin(refusals: readonly RefusalCount[], scope: Scope): number {
  return refusals
    .filter(({ region_code, enterprise_id }) => isInScope(scope, region_code, enterprise_id))
    .reduce((sum, { count }) => sum + count, 0);
}
