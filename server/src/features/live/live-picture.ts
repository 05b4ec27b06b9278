import type { AlarmSummary, LiveCounters, LiveMachine, LiveMessage } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, RegionCode, Timer } from "@hanyouxu/protocol";
import { defaultStartPolicy, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { machineStateOf, type StateFacts, stateFactsOf } from "../machines/machines.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import { countRefusals, type LiveRow, type RefusalCount, selectLiveRows } from "./queries.ts";
import { WaitingAlarms } from "./waiting-alarms.ts";

interface Entry {
  regionCode: RegionCode;
  enterpriseId: EnterpriseId;
  facts: StateFacts;
  /** What the row gives; null for a machine nobody has placed yet. The state depends on the time as well. */
  unstated: Omit<LiveMachine, "state"> | null;
  shown: LiveMachine | undefined;
}

/** Where a follower sees more than how many machines there are: each of them, and what else is counted. */
export interface LiveSight {
  machines: Scope;
  readings: Scope;
  /** Undefined: may not even be counted. */
  decisions: Scope | undefined;
  alarms: Scope | undefined;
  /** Of whose alarms it is told one by one. */
  alarmRows: Scope | undefined;
}

interface Follower {
  scope: Scope;
  sight: LiveSight;
  sequence: number;
  alarms: WaitingAlarms;
  send(message: LiveMessage): void;
}

const TICK_MS = 1_000;
/** More at a time no page can show; the feed comes four times a second. */
const ALARMS_AT_ONCE = 150;
/** Every so many ticks everything is read again, for what changed without a word from a chip. */
const FULL_RELOAD_TICKS = 60;
const REFUSALS_TICKS = 5;
/** Commits become visible a little after the time they carry. */
const OVERLAP_MS = 1_500;

/**
 * The live picture of all machines in this process, refreshed from the database once a second, so that it is right
 * whichever server a chip speaks through. Followers get a snapshot and then only what changed within their scope.
 */
export class LivePicture {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "log">;
  readonly #entries = new Map<MachineId, Entry>();
  readonly #followers = new Set<Follower>();
  #refusals: readonly RefusalCount[] = [];
  #tick = 0;
  #readUntilMs = 0;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(ctx: Pick<AppContext, "db" | "clock" | "log">) {
    this.#ctx = ctx;
  }

  /** Reads everything once, then keeps up until `stop`. */
  async start(): Promise<void> {
    await this.refresh();
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /**
   * Sends a snapshot at once and deltas from now on; returns how to ask for a new snapshot and how to leave.
   * @param scope whose machines are counted
   */
  follow(
    scope: Scope,
    send: (message: LiveMessage) => void,
    sight: LiveSight = wholeSight(scope),
  ): { resync(): void; leave(): void } {
    const follower: Follower = { scope, sight, sequence: 0, alarms: new WaitingAlarms(), send };
    this.#followers.add(follower);
    const resync = () => {
      const machines = this.#inScope(sight.machines).flatMap((entry) => shownTo(sight, entry));
      this.#sendTo(follower, "snapshot", machines);
    };
    resync();
    return { resync, leave: () => this.#followers.delete(follower) };
  }

  /** Tells each follower of the alarms within its sight, so many at once; the rest waits, dangers first. */
  tellAlarms(changed: readonly { alarm: AlarmSummary; firms: readonly (EnterpriseId | null)[] }[]): void {
    const at = new Date(this.#ctx.clock.nowMs()).toISOString();
    for (const follower of this.#followers) {
      const { alarmRows } = follower.sight;
      if (!alarmRows) continue;
      for (const { alarm, firms } of changed)
        if (isInScope(alarmRows, alarm.region ?? "", ...firms)) follower.alarms.add(alarm);
      const alarms = follower.alarms.take(ALARMS_AT_ONCE);
      if (alarms.length === 0) continue;
      follower.sequence++;
      const waiting = follower.alarms.counts();
      follower.send({ type: "alarms", sequence: follower.sequence, at, alarms, waiting });
    }
  }

  counters(scope: Scope, sight: LiveSight = wholeSight(scope)): LiveCounters {
    const counters = { machines: 0, online: 0, working: 0 };
    for (const { shown } of this.#inScope(scope)) {
      counters.machines++;
      if (!shown) continue;
      if (shown.state !== "offline") counters.online++;
      if (shown.state === "energised" || shown.state === "arcing") counters.working++;
    }
    return {
      ...counters,
      refusedToday: sight.decisions ? this.#refusedWithin(sight.decisions) : null,
      alarms: sight.alarms ? this.#inScope(sight.alarms).filter(isAlarming).length : null,
    };
  }

  #refusedWithin(scope: Scope): number {
    return this.#refusals
      .filter(({ region_code, enterprise_id }) => isInScope(scope, region_code, enterprise_id))
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** One tick: read what was heard since the last, work out what is shown, tell the followers what changed. */
  async refresh(): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    const isFull = this.#tick % FULL_RELOAD_TICKS === 0;
    const rows = isFull ? await selectLiveRows(this.#ctx.db, "all") : await this.#changedRows(nowMs);
    if (this.#tick % REFUSALS_TICKS === 0) {
      this.#refusals = await countRefusals(this.#ctx.db, new Date(shanghaiDayStartMs(shanghaiDay(nowMs))));
    }
    this.#tick++;
    this.#readUntilMs = nowMs;
    for (const row of rows) this.#take(row);
    const changed = new Set<MachineId>();
    for (const [machineId, entry] of this.#entries) {
      if (this.#show(entry, nowMs)) changed.add(machineId);
    }
    for (const follower of this.#followers) this.#tell(follower, changed);
  }

  /** What was heard, who has gone, and grants that ended without a word from the chip. */
  async #changedRows(nowMs: number): Promise<LiveRow[]> {
    const heard = await selectLiveRows(this.#ctx.db, {
      heardSince: new Date(this.#readUntilMs - OVERLAP_MS),
      goneSince: new Date(nowMs - defaultStartPolicy.chipLeaseSeconds * 1000),
    });
    const machineIds = [...this.#entries]
      .filter(([, { shown }]) => shown?.state === "granted")
      .map(([machineId]) => machineId);
    if (machineIds.length === 0) return heard;
    return [...heard, ...(await selectLiveRows(this.#ctx.db, { machineIds }))];
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = this.#ctx.clock.setTimer(TICK_MS, () => {
      inBackground(() => this.refresh())
        .catch((error: unknown) => this.#ctx.log.warn({ err: error }, "live picture not refreshed"))
        .finally(() => this.#schedule());
    });
  }

  #take(row: LiveRow): void {
    this.#entries.set(row.machine_id, {
      regionCode: row.region_code,
      enterpriseId: row.enterprise_id,
      facts: stateFactsOf(row),
      unstated: unstatedOf(row),
      shown: this.#entries.get(row.machine_id)?.shown,
    });
  }

  /** Works out what is shown of a machine now; true when that has changed. */
  #show(entry: Entry, nowMs: number): boolean {
    if (!entry.unstated) return false;
    const state = machineStateOf(entry.facts, nowMs, defaultStartPolicy.chipLeaseSeconds);
    if (entry.shown?.state === state && isSame(entry.shown, entry.unstated)) return false;
    entry.shown = { ...entry.unstated, state };
    return true;
  }

  #tell(follower: Follower, changed: ReadonlySet<MachineId>): void {
    const machines: LiveMachine[] = [];
    for (const machineId of changed) {
      const entry = this.#entries.get(machineId)!;
      if (isInScope(follower.sight.machines, entry.regionCode, entry.enterpriseId))
        machines.push(...shownTo(follower.sight, entry));
    }
    this.#sendTo(follower, "delta", machines);
  }

  #sendTo(follower: Follower, type: "snapshot" | "delta", machines: LiveMachine[]): void {
    follower.sequence++;
    follower.send({
      type,
      sequence: follower.sequence,
      at: new Date(this.#ctx.clock.nowMs()).toISOString(),
      machines,
      counters: this.counters(follower.scope, follower.sight),
    });
  }

  #inScope(scope: Scope): Entry[] {
    return [...this.#entries.values()].filter((entry) =>
      isInScope(scope, entry.regionCode, entry.enterpriseId),
    );
  }
}

function wholeSight(scope: Scope): LiveSight {
  return { machines: scope, readings: scope, decisions: scope, alarms: scope, alarmRows: scope };
}

function shownTo({ readings }: LiveSight, { shown, regionCode, enterpriseId }: Entry): LiveMachine[] {
  if (!shown) return [];
  return [isInScope(readings, regionCode, enterpriseId) ? shown : { ...shown, currentAmps: null }];
}

function isAlarming({ shown }: Entry): boolean {
  return shown?.state === "tampered" || shown?.state === "faulted";
}

function unstatedOf(row: LiveRow): Omit<LiveMachine, "state"> | null {
  const latitudeDegrees = row.latitude_degrees ?? row.home_latitude_degrees;
  const longitudeDegrees = row.longitude_degrees ?? row.home_longitude_degrees;
  if (latitudeDegrees === null || longitudeDegrees === null) return null;
  return {
    id: row.machine_id,
    name: row.name,
    longitudeDegrees: rounded(longitudeDegrees, 1e5),
    latitudeDegrees: rounded(latitudeDegrees, 1e5),
    isMobile: row.is_mobile,
    currentAmps: row.relay_closed && row.current_amps !== null ? Math.round(row.current_amps) : null,
  };
}

function isSame(left: Omit<LiveMachine, "state">, right: Omit<LiveMachine, "state">): boolean {
  return (
    left.longitudeDegrees === right.longitudeDegrees &&
    left.latitudeDegrees === right.latitudeDegrees &&
    left.currentAmps === right.currentAmps &&
    left.name === right.name
  );
}

function rounded(value: number, factor: number): number {
  return Math.round(value * factor) / factor;
}
