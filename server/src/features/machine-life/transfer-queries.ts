import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
import type { MachineTransfersTable, TransferStatus } from "../../db/tables/machine-models.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface TransferFilter {
  /** Either side lies within it. */
  scope?: ReachedRows;
  transferId?: string;
  machineId?: string;
  status?: TransferStatus | undefined;
}

function transfersMatching(db: Db, { scope, transferId, machineId, status }: TransferFilter) {
  return db
    .selectFrom("machine_transfers as t")
    .innerJoin("machines as m", "m.machine_id", "t.machine_id")
    .innerJoin("enterprises as f", "f.enterprise_id", "t.from_enterprise_id")
    .innerJoin("enterprises as o", "o.enterprise_id", "t.to_enterprise_id")
    .$if(scope !== undefined, (query) =>
      query.where((expression) =>
        expression.or([
          withinScope(scope!, "f.region_code", "f.enterprise_id"),
          withinScope(scope!, "o.region_code", "o.enterprise_id"),
        ]),
      ),
    )
    .$if(transferId !== undefined, (query) => query.where("t.machine_transfer_id", "=", transferId!))
    .$if(machineId !== undefined, (query) => query.where("t.machine_id", "=", machineId as MachineId))
    .$if(status !== undefined, (query) => query.where("t.status", "=", status!));
}

export async function countTransfers(db: Db, filter: TransferFilter): Promise<number> {
  const row = await transfersMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectTransfers(
  db: Db,
  filter: TransferFilter,
  { limit, offset } = { limit: 1, offset: 0 },
) {
  return await transfersMatching(db, filter)
    .select([
      "t.machine_transfer_id",
      "t.machine_id",
      "t.status",
      "t.reason",
      "t.offered_at",
      "t.decided_at",
      "t.decision_note",
      "t.from_enterprise_id",
      "t.to_enterprise_id",
      "m.name as machine_name",
      "m.model",
      "f.name as from_name",
      "f.region_code as from_region",
      "o.name as to_name",
      "o.region_code as to_region",
    ])
    .orderBy("t.offered_at", "desc")
    .orderBy("t.machine_transfer_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type TransferRow = Awaited<ReturnType<typeof selectTransfers>>[number];

export async function insertTransfer(tx: Db, row: Insertable<MachineTransfersTable>): Promise<void> {
  await tx.insertInto("machine_transfers").values(row).execute();
}

/** Ends an open offer; false when it is not open any more. */
export async function decideTransfer(
  tx: Db,
  transferId: string,
  decided: { status: TransferStatus; by: PersonId; at: Date; note: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("machine_transfers")
    .set({
      status: decided.status,
      decided_by: decided.by,
      decided_at: decided.at,
      decision_note: decided.note,
    })
    .where("machine_transfer_id", "=", transferId)
    .where("status", "=", "offered")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function moveMachine(
  tx: Db,
  machineId: MachineId,
  enterpriseId: EnterpriseId,
  regionCode: RegionCode,
): Promise<void> {
  await tx
    .updateTable("machines")
    .set({ enterprise_id: enterpriseId, region_code: regionCode })
    .where("machine_id", "=", machineId)
    .execute();
}
