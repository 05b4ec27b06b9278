import type { ChipId } from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
import type { GasInspectionsTable } from "../../db/tables/gas-safety.ts";
import type { Tables } from "../../db/tables.ts";

/** Answers after which the same inspection is told again: it was right, and the command came at a wrong moment. */
const RETRIED = ["expired", "clock-unknown", "gas-warming-up"];

/** The chip's newest word on gas cuts: a cut, or that it was inspected; undefined before the first. */
export async function findNewestGasEvent(db: Kysely<Tables>, chipId: ChipId) {
  return await db
    .selectFrom("chip_events")
    .select(["kind", "boot", "seq", "data", "occurred_at"])
    .where("chip_id", "=", chipId)
    .where("kind", "in", ["gas-cut", "gas-inspected"])
    .orderBy("boot", "desc")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The newest inspection of one cut with what the chip said to it. */
export async function findInspection(db: Kysely<Tables>, chipId: ChipId, boot: number, seq: number) {
  return await db
    .selectFrom("gas_inspections as i")
    .leftJoin("commands as c", "c.command_id", "i.command_id")
    .select(["i.inspected_at", "c.result"])
    .where("i.chip_id", "=", chipId)
    .where("i.cut_boot", "=", boot)
    .where("i.cut_seq", "=", seq)
    .orderBy("i.inspected_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function insertInspection(
  db: Kysely<Tables>,
  row: Insertable<GasInspectionsTable>,
): Promise<void> {
  await db.insertInto("gas_inspections").values(row).execute();
}

export async function noteSent(
  db: Kysely<Tables>,
  inspectionId: string,
  commandId: string,
  sentAt: Date,
): Promise<void> {
  await db
    .updateTable("gas_inspections")
    .set({ command_id: commandId, sent_at: sentAt })
    .where("inspection_id", "=", inspectionId)
    .execute();
}

/** Inspections that their chips, which are online, have not answered. */
export async function selectUnanswered(
  db: Kysely<Tables>,
  { inspectedSince, sentBefore, heardSince }: Record<"inspectedSince" | "sentBefore" | "heardSince", Date>,
) {
  return await db
    .selectFrom("gas_inspections as i")
    .innerJoin("twins as t", "t.chip_id", "i.chip_id")
    .leftJoin("commands as c", "c.command_id", "i.command_id")
    .select(["i.inspection_id", "i.chip_id", "i.cut_boot", "i.cut_seq"])
    .where("i.inspected_at", ">", inspectedSince)
    .where("t.last_heard_at", ">", heardSince)
    .where("t.is_gone", "=", false)
    .where((where) => where.or([where("i.sent_at", "is", null), where("i.sent_at", "<", sentBefore)]))
    .where((where) => where.or([where("c.result", "is", null), where("c.result", "in", RETRIED)]))
    .orderBy("i.inspected_at")
    .limit(100)
    .execute();
}
