import type { WorkSessionId } from "@hanyouxu/protocol";
import type { FastifyReply } from "fastify";
import type { AppContext } from "../../context.ts";
import { progressOf } from "./progress.ts";
import { selectWorkSessions } from "./queries.ts";

/** Readings move without a change of the session, and another server may have written it. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Server-sent events (WHATWG HTML §9.2) of one work session: as it is now, after every change, and once a second
 * while it is open; the stream ends with the session.
 */
export function followSession(
  ctx: AppContext,
  reply: FastifyReply,
  workSessionId: WorkSessionId,
  isOwn: boolean,
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  let isLooking = false;
  let isChanged = false;
  let timer = ctx.clock.setTimer(0, look);
  const unfollow = ctx.changes.follow(workSessionId, look);
  raw.on("close", () => {
    unfollow();
    timer.cancel();
  });
  return reply;

  function look(): void {
    isChanged = true;
    if (isLooking) return;
    isLooking = true;
    timer.cancel();
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

  async function show(): Promise<void> {
    while (isChanged && !raw.destroyed) {
      isChanged = false;
      const [row] = await selectWorkSessions(ctx.db, { workSessionId }, 1, 0);
      raw.write(`data: ${JSON.stringify(await progressOf(ctx, row!, isOwn))}\n\n`);
      if (row!.status === "ended" && row!.checkpoint_verified !== null) raw.end();
    }
  }
}
