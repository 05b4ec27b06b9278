import { type AlarmKind, alarmKindTable, kindsAbove, stepAlarm } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import { lockAlarm, selectLastingAbout } from "./alarm-queries.ts";
import { type RaiseContext, storeStep } from "./store-step.ts";

/** What of a fact says which alarms have their cause in common with it. */
type Cause = Pick<AlarmFact, "machineId" | "welderId" | "keyAreaId">;

/** The alarm that lasts and stands for what has happened: that is no alarm of its own. Nobody waits for it: not locked. */
export async function alarmAbove(
  tx: Kysely<Tables>,
  kind: AlarmKind,
  fact: Cause,
): Promise<string | undefined> {
  for (const above of kindsAbove(kind)) {
    const [row] = await selectLastingAbout(tx, [above.kind], aboutOf(above.of, fact));
    if (row) return row.alarm_id;
  }
  return undefined;
}

/** Open alarms with the same cause end in favour of one that has just been raised, or raised again after it was cleared. */
export async function mergeBelow(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  alarmId: string,
  kind: AlarmKind,
  fact: Cause,
): Promise<void> {
  const { standsFor } = alarmKindTable[kind];
  if (!standsFor) return;
  const below = standsFor.kinds as readonly AlarmKind[];
  for (const { alarm_id } of await selectLastingAbout(tx, below, aboutOf(standsFor.of, fact))) {
    const row = await lockAlarm(tx, alarm_id);
    if (!row) continue;
    const stepped = stepAlarm(row.state, { kind: "superseded" }, ctx.clock.nowMs());
    if (stepped.refusal) continue;
    const merge = { what: "merge", details: { otherAlarmId: alarmId } };
    await storeStep(ctx, tx, row, stepped, merge, { merged_into: alarmId });
    const above = await lockAlarm(tx, alarmId);
    const mergedFrom = { what: "merged-from", details: { otherAlarmId: alarm_id } };
    await storeStep(ctx, tx, above!, { state: above!.state, news: [] }, mergedFrom);
  }
}

function aboutOf(of: "machine" | "welder", { machineId, welderId, keyAreaId }: Cause) {
  return of === "machine" ? { machineId, keyAreaId } : { welderId };
}
