import type { AlarmSummary } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { alarmSummaryOf } from "./alarm-view.ts";
import { type AlarmFilter, selectAlarms } from "./list-queries.ts";

/** Alarms by a filter as lists show them: open ones first, dangers before all, then the newest. */
export async function listAlarms(
  db: Kysely<Tables>,
  filter: AlarmFilter,
  limit: number,
  offset = 0,
): Promise<AlarmSummary[]> {
  return (await selectAlarms(db, filter, limit, offset)).map(alarmSummaryOf);
}
