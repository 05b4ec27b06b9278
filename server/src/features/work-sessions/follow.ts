import type { ServerResponse } from "node:http";
import type { Timer, WorkSessionId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import type { SessionSight } from "./policy.ts";
import { progressOf } from "./progress.ts";
import { type ProgressRow, selectProgress } from "./queries.ts";

/** Readings move without a change of the session, and another server may have written it. */
const LOOK_AGAIN_MS = 1_000;

const RECHECK_MS = 30_000;

export interface FollowOptions {
  workSessionId: WorkSessionId;
  sight: SessionSight;
  /** Asked now and then: a sign-in that no longer holds ends the stream. */
  mayGoOn(): Promise<boolean>;
}

/**
 * Server-sent events (WHATWG HTML §9.2) of one work session: as it is now, after every change, and once a second
 * while it is open; the stream ends with the session.
 */
export class ProgressStreams {
  readonly #ctx: AppContext;
  readonly #open = new Set<ServerResponse>();

  constructor(ctx: AppContext) {
    this.#ctx = ctx;
  }

  /** Ends all streams, for a server that is being stopped. */
  endAll(): void {
    for (const raw of this.#open) raw.end();
  }

  /** @param raw an event stream that has begun */
  follow(raw: ServerResponse, { workSessionId, sight, mayGoOn }: FollowOptions): void {
    const ctx = this.#ctx;
    this.#open.add(raw);
    let isLooking = false;
    let isChanged = false;
    let lastRow: ProgressRow | undefined;
    let nextCheckMs = ctx.clock.nowMs() + RECHECK_MS;
    let timer: Timer | undefined;
    const unfollow = ctx.changes.follow(workSessionId, () => {
      if (!showPower()) look();
    });
    raw.on("close", () => {
      this.#open.delete(raw);
      unfollow();
      timer?.cancel();
    });
    look();

    function look(): void {
      isChanged = true;
      if (isLooking) return;
      isLooking = true;
      timer?.cancel();
      show()
        .catch((error: unknown) => {
          ctx.log.warn({ err: error }, "work session not followed");
          raw.end();
        })
        .finally(() => {
          isLooking = false;
          if (!raw.writableEnded && !raw.destroyed) timer = ctx.clock.setTimer(LOOK_AGAIN_MS, look);
        });
    }

    function write(row: ProgressRow): void {
      raw.write(`data: ${JSON.stringify(progressOf(ctx, row, sight))}\n\n`);
    }

    /** Without a look at the database, which does not know yet; false when there was nothing to show. */
    function showPower(): boolean {
      const row = lastRow;
      if (row?.status !== "granted" || raw.writableEnded || raw.destroyed) return false;
      if (ctx.powerHints.poweredAtMs(workSessionId, ctx.clock.nowMs()) === undefined) return false;
      lastRow = undefined;
      write(row);
      return true;
    }

    async function show(): Promise<void> {
      while (isChanged && !raw.destroyed && !raw.writableEnded) {
        isChanged = false;
        if (ctx.clock.nowMs() >= nextCheckMs) {
          nextCheckMs = ctx.clock.nowMs() + RECHECK_MS;
          if (!(await mayGoOn())) return void raw.end();
        }
        const row = await selectProgress(ctx.db, workSessionId);
        if (raw.writableEnded) return;
        lastRow = row!;
        write(row!);
        if (row!.status === "ended" && row!.checkpoint_verified !== null) raw.end();
      }
    }
  }
}
