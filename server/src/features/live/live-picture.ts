import {
  ALARM_CELL,
  type AlarmSummary,
  type LiveCounters,
  type LiveMessage,
  type LiveView,
  type MapFilter,
  MOST_IN_VIEW,
} from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { repeat } from "../../repeat.ts";
import { ColumnsReader, MachineColumns } from "../live-map/live-map.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import { Audience, type LiveSight } from "./audience.ts";
import { CellTopics, type Reader } from "./cell-topics.ts";
import { countRefusals, type RefusalCount } from "./queries.ts";
import { WaitingAlarms } from "./waiting-alarms.ts";

export type { LiveSight } from "./audience.ts";

/** How bytes reach a follower, and whether they do. */
export interface LivePort {
  sendCell(frame: Uint8Array): void;
  /** Sent and not taken yet. */
  bufferedBytes(): number;
  /** It takes nothing: it may come back and begin anew. */
  close(): void;
}

/** What a follower may do. */
export interface Following {
  look(view: LiveView): void;
  resync(): void;
  leave(): void;
}

interface Follower extends Reader {
  scope: Scope;
  sight: LiveSight;
  audience: Audience;
  watched: ReadonlySet<string>;
  /** Of those watched, what it has not been told yet. */
  changed: Set<string>;
  strongestKey: string;
  sequence: number;
  alarms: WaitingAlarms;
  skippedTicks: number;
  send(message: LiveMessage): void;
  port: LivePort;
}

const TICK_MS = 1_000;
/** More at a time no page can show; the feed comes four times a second. */
const ALARMS_AT_ONCE = 150;
const REFUSALS_TICKS = 5;
/** So often filters that go by the time are looked at again. */
const REVIEW_TICKS = 60;
/** A page that has not taken so much is told nothing until it has, */
const SKIP_BYTES = 256 * 1024;
/** and is cut off when that lasts. */
const MOST_SKIPPED_TICKS = 30;
const NO_PORT: LivePort = { sendCell() {}, bufferedBytes: () => 0, close() {} };

/**
 * The live picture of all machines in this process, refreshed from the database once a second, so that it is right
 * whichever server a chip speaks through. Followers get figures, and machines of the cells that they look at: a snapshot,
 * and then only what changed within their sight.
 */
export class LivePicture {
  readonly columns = new MachineColumns();
  readonly #ctx: Pick<AppContext, "db" | "clock" | "log">;
  readonly #reader: ColumnsReader;
  readonly #topics: CellTopics<Follower>;
  readonly #followers = new Set<Follower>();
  readonly #audiences = new Map<string, Audience>();
  #refusals: readonly RefusalCount[] = [];
  #tick = 0;
  #stopReading = () => {};

  constructor(ctx: Pick<AppContext, "db" | "clock" | "log">) {
    this.#ctx = ctx;
    this.#reader = new ColumnsReader(ctx, this.columns);
    this.#topics = new CellTopics(this.columns);
  }

  /** Reads everything once, then keeps up until `stop`. */
  async start(): Promise<void> {
    await this.refresh();
    this.#stopReading = repeat(this.#ctx, {
      everyMs: TICK_MS,
      run: () => this.refresh(),
      failure: "live picture not refreshed",
    });
  }

  stop(): void {
    this.#stopReading();
  }

  /**
   * Sends a snapshot of the figures at once and deltas from now on.
   * @param scope whose machines are counted
   */
  follow(
    scope: Scope,
    send: (message: LiveMessage) => void,
    sight: LiveSight = wholeSight(scope),
    port: LivePort = NO_PORT,
  ): Following {
    const follower: Follower = {
      scope,
      sight,
      audience: this.#audienceOf(scope, sight, {}),
      watched: new Set(),
      changed: new Set(),
      strongestKey: "",
      sequence: 0,
      alarms: new WaitingAlarms(),
      skippedTicks: 0,
      topics: new Map(),
      send,
      port,
      take: (frame) => port.sendCell(frame),
    };
    this.#followers.add(follower);
    this.#sendSnapshot(follower);
    return {
      look: (view) => this.#look(follower, view),
      resync: () => this.#resync(follower),
      leave: () => {
        this.#followers.delete(follower);
        this.#topics.leave(follower);
      },
    };
  }

  /** Tells each follower of the alarms within its sight, so many at once; the rest waits, dangers first. */
  tellAlarms(changed: readonly { alarm: AlarmSummary; firms: readonly (EnterpriseId | null)[] }[]): void {
    const at = this.#now();
    for (const follower of this.#followers) {
      for (const { alarm, firms } of changed)
        if (isInScope(follower.sight.alarms, alarm.region ?? "", ...firms)) follower.alarms.add(alarm);
      if (follower.skippedTicks > 0) continue;
      const alarms = follower.alarms.take(ALARMS_AT_ONCE);
      if (alarms.length === 0) continue;
      follower.sequence++;
      const waiting = follower.alarms.counts();
      follower.send({ type: "alarms", sequence: follower.sequence, at, alarms, waiting });
    }
  }

  counters(scope: Scope, sight: LiveSight = wholeSight(scope)): LiveCounters {
    const audience = new Audience(this.columns, scope, sight, {});
    return audience.figures(this.#ctx.clock.nowMs(), this.#refusals).counters;
  }

  /** One tick: read what has changed since the last, tell the followers. */
  async refresh(): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    await this.#reader.refresh();
    if (this.#tick % REFUSALS_TICKS === 0) {
      const today = new Date(shanghaiDayStartMs(shanghaiDay(nowMs)));
      this.#refusals = await countRefusals(this.#ctx.db, today);
    }
    this.#tick++;
    const changed = this.columns.takeChanged();
    this.#forgetAudiences();
    const ids = new Set(Array.from(changed.keys(), (row) => this.columns.ids[row]!));
    for (const follower of this.#followers) this.#noteSpeed(follower);
    this.#topics.tell(
      changed,
      nowMs,
      this.#tick % REVIEW_TICKS === 0,
      ({ skippedTicks }) => skippedTicks === 0,
    );
    for (const follower of this.#followers) this.#tell(follower, ids);
  }

  #audienceOf(scope: Scope, sight: LiveSight, filter: MapFilter): Audience {
    const key = Audience.keyOf(scope, sight, filter);
    const known = this.#audiences.get(key);
    if (known) return known;
    const whole = Object.keys(filter).length > 0 ? this.#audienceOf(scope, sight, {}) : undefined;
    const audience = new Audience(this.columns, scope, sight, filter, whole);
    this.#audiences.set(key, audience);
    return audience;
  }

  #forgetAudiences(): void {
    const followed = Array.from(this.#followers, ({ audience }) => [audience, audience.whole]);
    const wanted = new Set(followed.flat());
    for (const [key, audience] of this.#audiences) {
      if (wanted.has(audience)) audience.forget();
      else this.#audiences.delete(key);
    }
  }

  #look(follower: Follower, { view, cells, hasAlarms, filter, watched }: LiveView): void {
    follower.audience = this.#audienceOf(follower.scope, follower.sight, filter);
    follower.watched = new Set(watched);
    const nowMs = this.#ctx.clock.nowMs();
    const alarmCells = hasAlarms ? [ALARM_CELL] : [];
    const machines = this.#topics.countIn(follower.audience, cells, nowMs);
    const isTooMany = machines > MOST_IN_VIEW;
    follower.sequence++;
    follower.send({ type: "view", sequence: follower.sequence, view, machines, isTooMany });
    this.#topics.join(follower, isTooMany ? alarmCells : [...cells, ...alarmCells], nowMs);
  }

  /** Whether it takes what it is told; who has caught up begins anew. */
  #noteSpeed(follower: Follower): void {
    const { port } = follower;
    if (port.bufferedBytes() > SKIP_BYTES) {
      follower.skippedTicks++;
      if (follower.skippedTicks > MOST_SKIPPED_TICKS) port.close();
    } else if (follower.skippedTicks > 0) {
      follower.skippedTicks = 0;
      this.#topics.sendSnapshots(follower);
    }
  }

  #tell(follower: Follower, ids: ReadonlySet<string>): void {
    for (const id of follower.watched) {
      if (ids.has(id) && this.#isSeen(follower, id)) follower.changed.add(id);
    }
    if (follower.skippedTicks > 0) return;
    const changed = [...follower.changed];
    follower.changed.clear();
    follower.send({ type: "delta", ...this.#figuresFor(follower), changed });
  }

  #isSeen({ scope, sight }: Follower, machineId: string): boolean {
    const row = this.columns.rowOf(machineId);
    const matcher = this.#audienceOf(scope, sight, {}).matcher(this.#ctx.clock.nowMs());
    return row !== undefined && matcher.matches(row);
  }

  #resync(follower: Follower): void {
    this.#sendSnapshot(follower);
    this.#topics.sendSnapshots(follower);
  }

  #sendSnapshot(follower: Follower): void {
    follower.strongestKey = "none yet";
    follower.send({ type: "snapshot", ...this.#figuresFor(follower) });
  }

  #figuresFor(follower: Follower) {
    const nowMs = this.#ctx.clock.nowMs();
    const { counters, states, strongest, strongestKey } = follower.audience.figures(nowMs, this.#refusals);
    const isNews = follower.strongestKey !== strongestKey;
    follower.strongestKey = strongestKey;
    follower.sequence++;
    return {
      sequence: follower.sequence,
      at: this.#now(),
      counters,
      states,
      ...(isNews ? { strongest: [...strongest] } : {}),
    };
  }

  #now(): string {
    return new Date(this.#ctx.clock.nowMs()).toISOString();
  }
}

function wholeSight(scope: Scope): LiveSight {
  return {
    machines: scope,
    readings: scope,
    alarms: scope,
    people: scope,
    decisions: scope,
    alarmCounts: scope,
  };
}
