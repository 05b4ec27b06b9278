import type { ChipId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";

/** Notes whose days have new chunks, in the transaction that writes these; a day that waits already keeps its turn. */
export async function noteChangedDays(
  tx: Kysely<Tables>,
  chunks: readonly { chip_id: ChipId; starts_at: string }[],
  changedAt: Date,
): Promise<void> {
  const days = new Map(
    chunks.map(({ chip_id, starts_at }) => {
      const day = shanghaiDay(Date.parse(starts_at));
      return [`${chip_id} ${day}`, { chip_id, day }] as const;
    }),
  );
  // The update that changes nothing locks the row: nobody takes it before these chunks can be seen.
  await sql`
    insert into telemetry_changed_days (chip_id, day, changed_at)
    select chip_id, day, ${changedAt} from ${recordset([...days.values()], "chip_id text, day text")}
    on conflict (chip_id, day) do update set changed_at = telemetry_changed_days.changed_at`.execute(tx);
}

/** Takes days that changed before an instant, the oldest first; a rollback puts them back. */
export async function takeChangedDays(
  tx: Kysely<Tables>,
  changedBefore: Date,
  limit: number,
): Promise<{ chip_id: ChipId; day: string }[]> {
  const { rows } = await sql<{ chip_id: ChipId; day: string }>`
    delete from telemetry_changed_days where (chip_id, day) in (
      select chip_id, day from telemetry_changed_days where changed_at <= ${changedBefore}
      order by changed_at limit ${limit} for update skip locked)
    returning chip_id, day`.execute(tx);
  return rows;
}
