import type { Timer } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { inForeground } from "../../db/background.ts";
import { repeat } from "../../repeat.ts";
import { type AlarmChange, alarmChanges, alarmsOf } from "../alarms/alarms.ts";
import type { LivePicture } from "./live-picture.ts";

/** Other servers' alarms are looked for so often. */
const TICK_MS = 250;
/** What this server has written is read as soon as it is committed; in a storm many commits at once. */
const APART_MS = 100;
/** Commits become visible a little after the time they carry. */
const OVERLAP_MS = 5_000;
const FAILURE = "alarms not told";

/**
 * Tells open pages of alarms that are new or have changed: those that this process has written right after their commit,
 * those of other servers read from the database four times a second.
 */
export class AlarmFeed {
  readonly #ctx: Pick<AppContext, "db" | "clock" | "log" | "alarmNews">;
  readonly #picture: LivePicture;
  /** The revision of each alarm that was told within the overlap, and when. */
  readonly #told = new Map<string, Omit<AlarmChange, "alarmId">>();
  #readUntilMs: number;
  #stopReading = () => {};
  #news: Timer | undefined;
  /** Since the read of news that is under way began more was written. */
  #hasMore = false;
  #isReadingNews = false;
  #newsReadAtMs = 0;
  #unfollow: (() => void) | undefined;
  #isStopped = false;

  constructor(ctx: Pick<AppContext, "db" | "clock" | "log" | "alarmNews">, picture: LivePicture) {
    this.#ctx = ctx;
    this.#picture = picture;
    this.#readUntilMs = ctx.clock.nowMs();
  }

  start(): void {
    this.#unfollow = this.#ctx.alarmNews.follow(() => this.#hear());
    this.#stopReading = repeat(this.#ctx, { everyMs: TICK_MS, run: () => this.refresh(), failure: FAILURE });
  }

  stop(): void {
    this.#isStopped = true;
    this.#unfollow?.();
    this.#stopReading();
    this.#news?.cancel();
  }

  /** Reads what has changed since it was read last and tells what was not told yet. */
  async refresh(): Promise<void> {
    const nowMs = this.#ctx.clock.nowMs();
    const sinceMs = this.#readUntilMs - OVERLAP_MS;
    const changed = await alarmChanges(this.#ctx.db, new Date(sinceMs));
    const news = changed.filter(
      ({ alarmId, revision }) => revision > (this.#told.get(alarmId)?.revision ?? -1),
    );
    const alarms = await alarmsOf(
      this.#ctx.db,
      news.map(({ alarmId }) => alarmId),
    );
    // Of two reads at once the one that began first may end last.
    this.#readUntilMs = Math.max(this.#readUntilMs, nowMs);
    for (const { alarmId, ...told } of news) this.#told.set(alarmId, told);
    for (const [alarmId, { changedAtMs }] of this.#told) {
      if (changedAtMs < sinceMs) this.#told.delete(alarmId);
    }
    // Also without news: what a page could not be told at once is told now.
    this.#picture.tellAlarms(alarms);
  }

  /** Something was committed here: somebody waits to see it. */
  #hear(): void {
    this.#hasMore = true;
    if (this.#isReadingNews || this.#news) return;
    const waitMs = this.#newsReadAtMs + APART_MS - this.#ctx.clock.nowMs();
    if (waitMs <= 0) this.#readNews();
    else this.#news = this.#ctx.clock.setTimer(waitMs, () => this.#readNews());
  }

  #readNews(): void {
    this.#news = undefined;
    this.#hasMore = false;
    this.#isReadingNews = true;
    inForeground(() => this.refresh())
      .catch((error: unknown) => this.#ctx.log.warn({ err: error }, FAILURE))
      .finally(() => {
        this.#isReadingNews = false;
        this.#newsReadAtMs = this.#ctx.clock.nowMs();
        if (this.#hasMore && !this.#isStopped) this.#hear();
      });
  }
}
