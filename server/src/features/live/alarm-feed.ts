import type { Timer } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { type AlarmChange, alarmChanges, alarmsOf } from "../alarms/alarms.ts";
import type { LivePicture } from "./live-picture.ts";

const TICK_MS = 250;
/** Commits become visible a little after the time they carry. */
const OVERLAP_MS = 5_000;

/**
 * Tells open pages of alarms that are new or have changed, whichever server has written them: read from the database
 * four times a second.
 */
export class AlarmFeed {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "log">;
  readonly #picture: LivePicture;
  /** The revision of each alarm that was told within the overlap, and when. */
  readonly #told = new Map<string, Omit<AlarmChange, "alarmId">>();
  #readUntilMs: number;
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(ctx: Pick<AppContext, "db" | "clock" | "log">, picture: LivePicture) {
    this.#ctx = ctx;
    this.#picture = picture;
    this.#readUntilMs = ctx.clock.nowMs();
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = this.#ctx.clock.setTimer(TICK_MS, () => {
      inBackground(() => this.refresh())
        .catch((error: unknown) => this.#ctx.log.warn({ err: error }, "alarms not told"))
        .finally(() => this.start());
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  /** One tick: reads what has changed since the last and tells what was not told yet. */
  async refresh(): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    const sinceMs = this.#readUntilMs - OVERLAP_MS;
    const changed = await alarmChanges(this.#ctx.db, new Date(sinceMs));
    this.#readUntilMs = nowMs;
    const news = changed.filter(({ alarmId, revision }) => this.#told.get(alarmId)?.revision !== revision);
    const alarms = await alarmsOf(
      this.#ctx.db,
      news.map(({ alarmId }) => alarmId),
    );
    for (const { alarmId, ...told } of news) this.#told.set(alarmId, told);
    for (const [alarmId, { changedAtMs }] of this.#told) {
      if (changedAtMs < sinceMs) this.#told.delete(alarmId);
    }
    // Also without news: what a page could not be told at once is told now.
    this.#picture.tellAlarms(alarms);
  }
}
