import { addWorkingHours } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { levelsAbove } from "../staff-accounts/staff-accounts.ts";
import { lockAppeal, selectDueAppeals } from "./queries.ts";
import { tellDeciders } from "./tell-appeal.ts";

const AT_ONCE = 200;

/** What nobody has decided in time goes up the region tree level by level, each deadline once. */
export async function passAppealTime(ctx: Pick<AppContext, "db" | "clock" | "newId">): Promise<void> {
  const due = await selectDueAppeals(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  await eachInTurn(due, "appeals", (appealId) =>
    ctx.db.transaction().execute(async (tx) => {
      const nowMs = ctx.clock.nowMs();
      const row = await lockAppeal(tx, appealId);
      if (!row) return;
      const { policy, calendar } = await rectificationPolicyOf(tx, row.region_code, nowMs);
      const top = levelsAbove(row.region_code);
      let { level, next_at } = row;
      while (next_at !== null && next_at.getTime() <= nowMs) {
        const isTop = level >= top;
        const key = `overdue:${next_at.getTime()}`;
        if (!isTop) level++;
        // Nobody is above the top: they are told once more, then it stays on their desk.
        next_at = isTop
          ? null
          : new Date(addWorkingHours(next_at.getTime(), policy.escalationHours, calendar));
        await tellDeciders(ctx, tx, { ...row, level }, { template: "appeal-overdue", key });
      }
      await tx.updateTable("appeals").set({ level, next_at }).where("appeal_id", "=", appealId).execute();
    }),
  );
}
