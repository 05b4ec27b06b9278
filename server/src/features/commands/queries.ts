import type { ChipId, CommandKind, WorkSessionId } from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
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

export async function countCommandsOfSession(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  kind: CommandKind,
): Promise<number> {
  const row = await db
    .selectFrom("commands")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("work_session_id", "=", workSessionId)
    .where("kind", "=", kind)
    .executeTakeFirstOrThrow();
  return row.count;
}
