import type { AlarmKind } from "@hanyouxu/rules";
import { eachInTurn } from "../../each-in-turn.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import { type LastingAlarm, selectKnownSources, selectLastingAlarms } from "./alarm-queries.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { clearAlarm, raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";

/**
 * What is so now is raised unless it is known already, what lasts on paper and is no longer so is cleared, history of it
 * too. It looks at what is, so that nothing is missed; several servers may.
 * @param kinds all kinds that the facts may be of
 * @param select what is so now; it is told what was so before, for kinds that end at another value than they begin
 */
export async function followLevel<Context extends AlarmContext>(
  ctx: Context,
  kinds: readonly AlarmKind[],
  select: (ctx: Context, lasting: readonly LastingAlarm[]) => Promise<AlarmFact[]>,
): Promise<void> {
  // Before the facts: one that is raised meanwhile is not taken for one that is gone.
  const lasting = await selectLastingAlarms(ctx.db, kinds);
  const facts = await select(ctx, lasting);
  const what = `alarms of ${kinds.join(", ")}`;
  const fresh = facts.filter((fact) => !lasting.some((row) => isSame(fact, row)));
  // What was closed as false or merged stays so, however long it lasts.
  const known = await selectKnownSources(
    ctx.db,
    fresh.map(({ source }) => source),
  );
  const raised = fresh.filter(({ source }) => !known.has(source));
  // First: while it lasts it may stand for what is raised now.
  const gone = lasting.filter((row) => !facts.some((fact) => isSame(fact, row)));
  await eachInTurn(gone, what, async ({ kind, subject_key }) => {
    await inAlarmTransaction(ctx, (tx) => clearAlarm(ctx, tx, kind, subject_key));
  });
  await eachInTurn(raised, what, async (fact) => {
    await inAlarmTransaction(ctx, (tx) => raiseAlarm(ctx, tx, fact));
  });
}

function isSame(fact: AlarmFact, { kind, subject_key }: LastingAlarm): boolean {
  return fact.kind === kind && fact.subjectKey === subject_key;
}
