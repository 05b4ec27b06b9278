import type { RegionCode } from "@hanyouxu/protocol";
import {
  type AlarmKind,
  type AlarmPolicy,
  alarmKindTable,
  alarmLimits,
  isAlarmOver,
  openAlarm,
  recordAlarm,
  stepAlarm,
} from "@hanyouxu/rules";
import { levelsAbove } from "../staff-accounts/staff-accounts.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import type { StoredAlarm } from "./alarm-queries.ts";
import { type AlarmActRow, steppedAlarm } from "./alarm-step.ts";
import { firstAct, newAlarm, type WhyRecorded } from "./new-alarm.ts";
import { type SuppressionWindow, windowOver } from "./suppression-window.ts";
import type { ToldAlarm } from "./tell-alarms.ts";

const MINUTE_MS = 60_000;

/** What became of a fact. */
export interface TakenIn {
  alarmId: string;
  as: "new" | "repeat" | "recorded";
}

/** What holds for all signs of a batch. */
export interface RaisingWorld {
  nowMs: number;
  newId(): string;
  policyOf(region: RegionCode | null): AlarmPolicy;
  windows: readonly SuppressionWindow[];
  /** The alarm that lasts and stands for a fact, by the fact's source. */
  above: ReadonlyMap<string, string>;
}

/** What is stored of one kind and subject, locked by the transaction. */
export interface StoredThread {
  open: StoredAlarm | undefined;
  /** History that lasts. */
  lasting: readonly StoredAlarm[];
}

/** What the signs of a batch make of the alarms of one kind and subject, one after the other; nothing is written here. */
export class AlarmThread {
  readonly #world: RaisingWorld;
  readonly #now: Date;
  #open: StoredAlarm | undefined;
  readonly #lasting: Map<string, StoredAlarm>;
  /** Rows that are not stored yet, by id, as they are now. */
  readonly made = new Map<string, StoredAlarm>();
  /** Stored rows that have changed, as they are now. */
  readonly changed = new Map<string, StoredAlarm>();
  readonly acts: AlarmActRow[] = [];
  readonly told: ToldAlarm[] = [];
  /** What was raised, or raised again after it was cleared: graver than what it stands for. */
  readonly risen: { alarmId: string; fact: AlarmFact }[] = [];

  constructor(world: RaisingWorld, { open, lasting }: StoredThread) {
    this.#world = world;
    this.#now = new Date(world.nowMs);
    this.#open = open;
    this.#lasting = new Map(lasting.map((row) => [row.alarm_id, row]));
  }

  /** The new row that is open: of which there may be one only, whoever makes it. */
  get madeOpen(): StoredAlarm | undefined {
    return this.#open && this.made.get(this.#open.alarm_id);
  }

  /** A new alarm, one more time of the open one or of one that stands for it, or history where it comes too late or within a suppression window. */
  raise(fact: AlarmFact): TakenIn {
    const { nowMs, policyOf, windows } = this.#world;
    const policy = policyOf(fact.region);
    const isLate = nowMs - fact.occurredAtMs > policy.lateMinutes * MINUTE_MS;
    if (isLate) return this.#record(fact, policy, { was_late: true, suppression_id: null });
    if (this.#open) return this.#repeat(this.#open, fact);
    const above = this.#world.above.get(fact.source);
    if (above !== undefined) return { alarmId: above, as: "repeat" };
    const suppression_id = windowOver(windows, fact);
    if (suppression_id !== undefined) return this.#record(fact, policy, { was_late: false, suppression_id });
    const state = openAlarm(fact.kind, alarmLimits(fact.kind, policy), topLevelOf(fact), nowMs);
    const because = { was_late: false, suppression_id: null };
    const row = newAlarm(this.#world.newId(), fact, state, policy.version, this.#now, because);
    this.#open = row;
    this.made.set(row.alarm_id, row);
    this.acts.push(firstAct(row, "raised"));
    this.told.push({ alarm: row, news: [{ kind: "raised" }] });
    this.risen.push({ alarmId: row.alarm_id, fact });
    return { alarmId: row.alarm_id, as: "new" };
  }

  /** Its opposite was seen: what is open is cleared, and so is history that lasts. */
  clear(): void {
    for (const row of this.#lasting.values()) {
      this.#keep({ ...row, condition: "cleared", cleared_at: this.#now, changed_at: this.#now });
    }
    this.#lasting.clear();
    if (this.#open?.condition !== "active") return;
    this.#step(this.#open, { kind: "cleared" }, "cleared");
  }

  #repeat(open: StoredAlarm, fact: AlarmFact): TakenIn {
    const isNews = this.#step(open, { kind: "raised-again" }, "raised-again", {
      last_raised_at: this.#now,
      data: fact.data,
      evidence: mostRecent([...open.evidence, ...fact.evidence]),
    });
    if (isNews) this.risen.push({ alarmId: open.alarm_id, fact });
    return { alarmId: open.alarm_id, as: "repeat" };
  }

  /** @returns whether it is worth a line in the history */
  #step(
    before: StoredAlarm,
    input: { kind: "cleared" } | { kind: "raised-again" },
    what: string,
    also: Partial<StoredAlarm> = {},
  ): boolean {
    const stepped = stepAlarm(before.state, input, this.#world.nowMs);
    // While it lasts it is only counted: a history of a thousand equal lines hides the others.
    const isNews =
      input.kind === "cleared" ||
      before.condition === "cleared" ||
      stepped.state.handling !== before.handling;
    const { row, acts } = steppedAlarm(before, stepped, isNews ? { what } : undefined, this.#now, also);
    this.#keep(row);
    this.#open = isAlarmOver(row.state) ? undefined : row;
    this.acts.push(...acts);
    this.told.push({ alarm: row, news: stepped.news });
    return isNews;
  }

  #record(fact: AlarmFact, policy: AlarmPolicy, because: WhyRecorded): TakenIn {
    const lasting = [...this.#lasting.values()].find(
      (row) => row.was_late === because.was_late && row.suppression_id === because.suppression_id,
    );
    if (lasting) {
      this.#keepLasting({
        ...lasting,
        raised_count: lasting.raised_count + 1,
        last_raised_at: this.#now,
        changed_at: this.#now,
        data: fact.data,
      });
      return { alarmId: lasting.alarm_id, as: "recorded" };
    }
    const { newId, nowMs } = this.#world;
    const state = recordAlarm(fact.kind, alarmLimits(fact.kind, policy), topLevelOf(fact), nowMs);
    // What has no opposite signal is over as soon as it is written down; nobody handles history.
    if (alarmKindTable[fact.kind].clearing !== "signal") state.condition = "cleared";
    const row = newAlarm(newId(), fact, state, policy.version, this.#now, because);
    this.made.set(row.alarm_id, row);
    this.acts.push(firstAct(row, "recorded"));
    if (row.condition === "active") this.#lasting.set(row.alarm_id, row);
    return { alarmId: row.alarm_id, as: "recorded" };
  }

  #keepLasting(row: StoredAlarm): void {
    this.#lasting.set(row.alarm_id, row);
    this.#keep(row);
  }

  #keep(row: StoredAlarm): void {
    (this.made.has(row.alarm_id) ? this.made : this.changed).set(row.alarm_id, row);
  }
}

export function threadKey(kind: AlarmKind, subjectKey: string): string {
  return `${kind} ${subjectKey}`;
}

const topLevelOf = ({ region }: AlarmFact) => (region === null ? 0 : levelsAbove(region));

/** The first occurrences and the latest ones: enough to see how it began and goes on. */
function mostRecent<Item>(all: Item[]): Item[] {
  return all.length <= 20 ? all : [...all.slice(0, 10), ...all.slice(-10)];
}
