import { addDays, countsForStart, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { policyFrom } from "../../db/region-policy.ts";
import { AppError } from "../../errors.ts";
import { notify } from "../notifications/notifications.ts";
import { stopWork } from "../work-sessions/work-sessions.ts";
import { type DoubtfulWork, selectDoubtfulWork, selectDue } from "./queries.ts";

/** Days before the last day on which its welder is told, once each. */
const REMIND_DAYS = [90, 30, 7] as const;
const AT_ONCE = 500;

/**
 * Tells welders that a certificate ends or its review falls due. A reminder whose day went by while no server ran is
 * made up for by the most urgent one that has come.
 */
export async function remindOfDeadlines(ctx: Pick<AppContext, "db" | "clock" | "newId">): Promise<number> {
  const today = shanghaiDay(ctx.clock.nowMs());
  let told = 0;
  for (;;) {
    const due = await selectDue(
      ctx.db,
      today,
      addDays(today, Math.max(...REMIND_DAYS)),
      REMIND_DAYS,
      AT_ONCE,
    );
    await ctx.db.transaction().execute((tx) =>
      notify(
        ctx,
        tx,
        due.map(({ person_id, certificate_id, family, item, kind, on_day, days_left, dedup_key }) => ({
          personId: person_id,
          kind: kind === "expiry" ? ("certificate-expiring" as const) : ("certificate-review-due" as const),
          data: { certificateId: certificate_id, family, item, day: on_day, daysLeft: days_left },
          dedupKey: dedup_key,
        })),
      ),
    );
    told += due.length;
    if (due.length < AT_ONCE) return told;
  }
}

type StopContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "keys" | "broker" | "changes" | "metrics" | "log" | "audit"
>;

/**
 * Ends work whose welder has no certificate any more that counts for the machine, where the region's policy wants it:
 * no new arcs, and the relay opens at the end of the one in hand.
 */
export async function endUncertifiedWork(ctx: StopContext): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  let ended = 0;
  for (const work of await selectDoubtfulWork(ctx.db, today, new Date(nowMs))) {
    if (countsForStart(work.certificates ?? [], work.process, today)) continue;
    if (policyFrom(work.policy).workOnLostCertificate === "let-finish") continue;
    if (await end(ctx, work)) ended++;
  }
  return ended;
}

async function end(ctx: StopContext, work: DoubtfulWork): Promise<boolean> {
  try {
    await stopWork(ctx, work.work_session_id);
  } catch (error) {
    // It ended by itself meanwhile.
    if (error instanceof AppError && error.code === "work_session.not_open") return false;
    throw error;
  }
  await ctx.db.transaction().execute(async (tx) => {
    await notify(ctx, tx, [
      {
        personId: work.person_id,
        kind: "work-stopped",
        data: { workSessionId: work.work_session_id, machine: work.machine_name },
        dedupKey: `work-stopped:${work.work_session_id}`,
      },
    ]);
    await ctx.audit.record(tx, {
      actor: "system",
      action: "work_session.stopped",
      subject: `work-session:${work.work_session_id}`,
      details: { reason: "no certificate counts any more" },
    });
  });
  return true;
}
