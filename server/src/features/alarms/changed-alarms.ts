import type { AlarmSummary } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { alarmSummaryOf } from "./alarm-view.ts";
import { selectAlarms, selectChangedIds } from "./list-queries.ts";

/** More at once than any page can show; the rest it finds in its list. */
const MOST = 2_000;

/** Live alarms that are new or have changed since an instant, with the firms that may see them; dangers first. */
export async function changedAlarms(
  db: Kysely<Tables>,
  changedSince: Date,
): Promise<{ alarm: AlarmSummary; firms: (EnterpriseId | null)[]; changedAtMs: number }[]> {
  // Asked each second and mostly in vain. By their ids, for a plan made without the values joins whole tables otherwise.
  const alarmIds = await selectChangedIds(db, changedSince, MOST);
  if (alarmIds.length === 0) return [];
  const rows = await selectAlarms(db, { alarmIds, withRecorded: false }, MOST, 0);
  return rows.map((row) => ({
    alarm: alarmSummaryOf(row),
    firms: [row.enterprise_id, row.site_owner_enterprise_id],
    changedAtMs: row.changed_at.getTime(),
  }));
}
