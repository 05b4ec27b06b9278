import { type AlarmKind, alarmKindTable, kindsAbove, stepAlarm } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import { type LastingRow, lockAlarm, selectLastingOf } from "./alarm-queries.ts";
import { type RaiseContext, storeStep } from "./store-step.ts";

/** What of a fact says which alarms have their cause in common with it. */
type Cause = Pick<AlarmFact, "machineId" | "welderId" | "keyAreaId">;

/** The alarms that last and stand for what has happened, by the facts' sources: those are no alarms of their own. Not locked. */
export async function alarmsAbove(
  tx: Kysely<Tables>,
  facts: readonly AlarmFact[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const below = facts.filter(({ kind }) => kindsAbove(kind).length > 0);
  if (below.length === 0) return found;
  const lasting = await selectLastingOf(
    tx,
    [...new Set(below.flatMap(({ kind }) => kindsAbove(kind).map((above) => above.kind)))],
    below,
  );
  for (const fact of below) {
    const above = kindsAbove(fact.kind).flatMap(({ kind, of }) =>
      lasting.filter((row) => row.kind === kind && isAbout(row, of, fact)),
    )[0];
    if (above) found.set(fact.source, above.alarm_id);
  }
  return found;
}

/** Open alarms with the same cause end in favour of one that has just been raised, or raised again after it was cleared. */
export async function mergeBelow(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  alarmId: string,
  fact: AlarmFact,
): Promise<void> {
  const { standsFor } = alarmKindTable[fact.kind];
  if (!standsFor) return;
  const lasting = await selectLastingOf(tx, standsFor.kinds as readonly AlarmKind[], [fact]);
  for (const { alarm_id } of lasting.filter((row) => isAbout(row, standsFor.of, fact))) {
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

function isAbout(
  row: LastingRow,
  of: "machine" | "welder",
  { machineId, welderId, keyAreaId }: Cause,
): boolean {
  if (of === "welder") return Boolean(welderId) && row.welder_id === welderId;
  if (!machineId || row.machine_id !== machineId) return false;
  return !keyAreaId || row.key_area_id === null || row.key_area_id === keyAreaId;
}
