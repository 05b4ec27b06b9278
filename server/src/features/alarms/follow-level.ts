import type { AlarmKind } from "@hanyouxu/rules";
import { eachInTurn } from "../../each-in-turn.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import { selectActiveAlarms } from "./alarm-queries.ts";
import { clearAlarm, raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";

/**
 * What is so now is raised unless it is open already, what is open and no longer so is cleared. It looks at what is, so
 * that nothing is missed; several servers may.
 */
export async function followLevel(
  ctx: AlarmContext,
  kind: AlarmKind,
  select: (ctx: AlarmContext) => Promise<AlarmFact[]>,
): Promise<void> {
  // Before the facts: one that is raised meanwhile is not taken for one that is gone.
  const active = await selectActiveAlarms(ctx.db, [kind]);
  const facts = await select(ctx);
  const raised = facts.filter(({ subjectKey }) => !active.some((row) => row.subject_key === subjectKey));
  const gone = active.filter((row) => !facts.some(({ subjectKey }) => subjectKey === row.subject_key));
  await eachInTurn(raised, `alarms of ${kind}`, async (fact) => {
    await ctx.db.transaction().execute((tx) => raiseAlarm(ctx, tx, fact));
  });
  await eachInTurn(gone, `alarms of ${kind}`, async ({ subject_key }) => {
    await ctx.db.transaction().execute((tx) => clearAlarm(ctx, tx, kind, subject_key));
  });
}
