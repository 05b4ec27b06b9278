import type { AlarmSummary } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { alarmSummaryOf, revisionOf } from "./alarm-view.ts";
import { selectAlarms, selectChanges } from "./list-queries.ts";

/** So many are read at once. */
const AT_ONCE = 500;

/** A live alarm that is new or has changed, by its id and revision. */
export interface AlarmChange {
  alarmId: string;
  revision: number;
  changedAtMs: number;
}

/** What is new or has changed since an instant: cheap to ask for again and again. */
export async function alarmChanges(db: Kysely<Tables>, changedSince: Date): Promise<AlarmChange[]> {
  const rows = await selectChanges(db, changedSince);
  return rows.map((row) => ({
    alarmId: row.alarm_id,
    revision: revisionOf(row),
    changedAtMs: row.changed_at.getTime(),
  }));
}

/** Alarms as lists show them, with the firms that may see them. */
export async function alarmsOf(
  db: Kysely<Tables>,
  alarmIds: readonly string[],
): Promise<{ alarm: AlarmSummary; firms: (EnterpriseId | null)[] }[]> {
  const alarms: { alarm: AlarmSummary; firms: (EnterpriseId | null)[] }[] = [];
  for (let start = 0; start < alarmIds.length; start += AT_ONCE) {
    const rows = await selectAlarms(db, { alarmIds: alarmIds.slice(start, start + AT_ONCE) }, AT_ONCE, 0);
    for (const row of rows) {
      alarms.push({ alarm: alarmSummaryOf(row), firms: [row.enterprise_id, row.site_owner_enterprise_id] });
    }
  }
  return alarms;
}
