import { addWorkingHours, locksWhenOverdue } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { bookCredit } from "../credit/credit.ts";
import { levelsAbove } from "../staff-accounts/staff-accounts.ts";
import type { Stored } from "./change-rectification.ts";
import { insertActs, lockRectification, type NewAct, selectDue, updateRectification } from "./queries.ts";
import { localTime, tellFirm, tellStaff } from "./tell-rectification.ts";

type TimeContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

const AT_ONCE = 200;

/**
 * Lets deadlines pass: what the firm has not handed in is overdue (told, booked, its machines to be locked where the
 * region says so), what is overdue or not re-inspected in time goes up the region tree level by level. Each deadline
 * counts once, whoever runs this and however late.
 */
export async function passRectificationTime(ctx: TimeContext): Promise<void> {
  const due = await selectDue(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  await eachInTurn(due, "orders to rectify", (rectificationId) =>
    ctx.db.transaction().execute((tx) => passTimeOf(ctx, tx, rectificationId)),
  );
}

async function passTimeOf(ctx: TimeContext, tx: Kysely<Tables>, rectificationId: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const stored = await lockRectification(tx, rectificationId);
  if (!stored) return;
  const { policy, calendar } = await rectificationPolicyOf(tx, stored.region_code, nowMs);
  const topLevel = levelsAbove(stored.region_code);
  const acts: NewAct[] = [];
  let row: Stored = stored;
  while (row.next_at !== null && row.next_at.getTime() <= nowMs) {
    const at: Date = row.next_at;
    const isNewlyOverdue = row.status === "issued" && row.overdue_at === null;
    // The first deadline is the region's own people's; each further one, of the level above. At the top it ends.
    const level = isNewlyOverdue ? 0 : Math.min(row.level + 1, topLevel);
    const isEnd = !isNewlyOverdue && row.level >= topLevel;
    row = {
      ...row,
      level,
      next_at: isEnd ? null : new Date(addWorkingHours(at.getTime(), policy.escalationHours, calendar)),
      ...(isNewlyOverdue ? { overdue_at: at } : {}),
    };
    if (isNewlyOverdue && row.lock_from === null && locksWhenOverdue(row.severity, policy))
      row.lock_from = at;
    acts.push({
      what: isNewlyOverdue ? "overdue" : "escalated",
      at,
      actorId: null,
      actorRole: null,
      details: { level },
    });
    await tellOfTime(ctx, tx, row, { at, isNewlyOverdue });
    if (isNewlyOverdue) await bookOverdue(ctx, tx, row);
  }
  if (acts.length === 0) return;
  await insertActs(tx, rectificationId, stored.act_count, acts);
  const { level, next_at, overdue_at, lock_from } = row;
  const act_count = stored.act_count + acts.length;
  await updateRectification(tx, rectificationId, { level, next_at, overdue_at, lock_from, act_count });
}

async function tellOfTime(
  ctx: TimeContext,
  tx: Kysely<Tables>,
  row: Stored,
  { at, isNewlyOverdue }: { at: Date; isNewlyOverdue: boolean },
): Promise<void> {
  const news = {
    template: row.status === "issued" ? "rectification-overdue" : "rectification-not-reinspected",
    words: { day: localTime(row.status === "issued" ? row.due_at : row.reinspect_by!) },
    key: `${row.round}:${row.level}:${at.getTime()}`,
  } as const;
  if (isNewlyOverdue) await tellFirm(ctx, tx, row, news);
  await tellStaff(ctx, tx, row, row.level, news);
}

async function bookOverdue(ctx: TimeContext, tx: Kysely<Tables>, row: Stored): Promise<void> {
  await bookCredit(ctx, tx, {
    cause: "rectification-overdue",
    causeId: row.rectification_id,
    holder: { kind: "enterprise", id: row.enterprise_id },
    region: row.region_code,
    madeBy: row.issued_by,
  });
}
