import type { ChipId, WorkSessionId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, type RawBuilder, sql } from "kysely";
import type { CommandsTable, Tables } from "../../db/tables.ts";

export async function insertCommand(db: Kysely<Tables>, row: Insertable<CommandsTable>): Promise<void> {
  await db.insertInto("commands").values(row).execute();
}

export async function markAnswered(
  db: Kysely<Tables>,
  chipId: ChipId,
  commandId: string,
  result: string,
  answeredAt: Date,
) {
  return await db
    .updateTable("commands")
    .set({ result, answered_at: answeredAt })
    .where("command_id", "=", commandId)
    .where("chip_id", "=", chipId)
    .where("answered_at", "is", null)
    .returning(["body", "work_session_id"])
    .executeTakeFirst();
}

/** A chip's word that it has taken a command. */
export interface Acceptance {
  chipId: ChipId;
  commandId: string;
  atMs: number;
}

/** Marks the commands as accepted, unless they were answered before. */
export function acceptancesToRecord(acceptances: readonly Acceptance[]): RawBuilder<unknown> | undefined {
  if (acceptances.length === 0) return undefined;
  const commandIds = acceptances.map(({ commandId }) => commandId);
  const chipIds = acceptances.map(({ chipId }) => chipId);
  const times = acceptances.map(({ atMs }) => new Date(atMs).toISOString());
  return sql`
    update commands set result = 'accepted', answered_at = r.at
    from unnest(${commandIds}::text[], ${chipIds}::text[], ${times}::timestamptz[]) as r(command_id, chip_id, at)
    where commands.command_id = r.command_id and commands.chip_id = r.chip_id and commands.answered_at is null`;
}

/** Whether a session still waits for its grant, nobody has stopped it or locked its machine, and tries are left. */
export async function mayGrantAgain(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  maxGrants: number,
): Promise<boolean> {
  const row = await db
    .selectFrom("work_sessions as s")
    .innerJoin("machines as m", "m.machine_id", "s.machine_id")
    .innerJoin("commands as c", (join) =>
      join.onRef("c.work_session_id", "=", "s.work_session_id").on("c.kind", "=", "grant"),
    )
    .select((expression) => expression.fn.countAll<number>().as("grants"))
    .where("s.work_session_id", "=", workSessionId)
    .where("s.status", "=", "granted")
    .where("s.stop_requested_at", "is", null)
    .where("m.is_locked", "=", false)
    .executeTakeFirstOrThrow();
  return row.grants > 0 && row.grants < maxGrants;
}
