import type { RecordedStep } from "@hanyouxu/api";
import type { ChipId, EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { MachineStatus } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql } from "kysely";
import type { MachineStepsTable } from "../../db/tables/machine-models.ts";
import type { MachinesTable, Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

/** The machine as its life sees it, its row locked: no grant, swap or other step comes in between. */
export async function lockMachine(tx: Db, machineId: MachineId) {
  const machine = await tx
    .selectFrom("machines")
    .select(["machine_id", "status", "chip_id", "enterprise_id", "region_code", "model", "name", "process"])
    .where("machine_id", "=", machineId)
    .forUpdate()
    .executeTakeFirst();
  if (!machine) return undefined;
  const held = await tx
    .selectFrom("work_sessions")
    .select("work_session_id")
    .where("machine_id", "=", machineId)
    .where("status", "in", ["granted", "energised"])
    .executeTakeFirst();
  return { ...machine, isHeld: held !== undefined };
}

export async function insertStepRow(tx: Db, row: Insertable<MachineStepsTable>): Promise<void> {
  await tx.insertInto("machine_steps").values(row).execute();
}

export async function setStatus(tx: Db, machineId: MachineId, status: MachineStatus): Promise<void> {
  await tx.updateTable("machines").set({ status }).where("machine_id", "=", machineId).execute();
}

export async function insertMachine(tx: Db, machine: Insertable<MachinesTable>): Promise<void> {
  await tx.insertInto("machines").values(machine).execute();
}

export async function updateMachine(
  tx: Db,
  machineId: MachineId,
  changes: { name: string; model: string; process: string; is_mobile: boolean; serial_number: string | null },
): Promise<void> {
  await tx.updateTable("machines").set(changes).where("machine_id", "=", machineId).execute();
}

export async function setInspection(
  tx: Db,
  machineId: MachineId,
  inspectedOn: string,
  inspectionDueOn: string,
): Promise<void> {
  await tx
    .updateTable("machines")
    .set({ inspected_on: inspectedOn, inspection_due_on: inspectionDueOn })
    .where("machine_id", "=", machineId)
    .execute();
}

/** Steps of a machine before an instant, newest first, with the sealed name of who took them. */
export async function selectSteps(db: Db, machineId: MachineId, before: Date, limit: number) {
  return await db
    .selectFrom("machine_steps as s")
    .leftJoin("persons as p", "p.person_id", "s.actor")
    .select([
      "s.machine_step_id",
      "s.at",
      "s.from_status",
      "s.to_status",
      "s.reason",
      "s.details",
      "p.name_ciphertext",
    ])
    .select((expression) => expression.ref("s.step").$castTo<RecordedStep["step"]>().as("step"))
    .where("s.machine_id", "=", machineId)
    .where("s.at", "<", before)
    .orderBy("s.at", "desc")
    .orderBy("s.machine_step_id", "desc")
    .limit(limit)
    .execute();
}

export async function selectFittings(db: Db, machineId: MachineId) {
  return await db
    .selectFrom("chip_fittings")
    .select(["chip_id", "fitted_at", "removed_at", "removal", "was_revoked"])
    .where("machine_id", "=", machineId)
    .orderBy("fitted_at", "desc")
    .orderBy("chip_fitting_id", "desc")
    .execute();
}

export interface Refitting {
  fittingId: string;
  machineId: MachineId;
  chipId: ChipId;
  actor: PersonId;
  at: Date;
  /** The chip that leaves the machine is revoked as well. */
  revokesOld: boolean;
}

/** Ends what the chip and the machine had, and begins what they have now. */
export async function refit(tx: Db, fitting: Refitting): Promise<void> {
  const { machineId, chipId, at } = fitting;
  await tx
    .updateTable("chip_fittings")
    .set({ removed_at: at, removal: "swapped", was_revoked: fitting.revokesOld })
    .where("machine_id", "=", machineId)
    .where("removed_at", "is", null)
    .execute();
  await tx
    .updateTable("chip_fittings")
    .set({ removed_at: at, removal: "moved" })
    .where("chip_id", "=", chipId)
    .where("removed_at", "is", null)
    .execute();
  await tx
    .insertInto("chip_fittings")
    .values({
      chip_fitting_id: fitting.fittingId,
      machine_id: machineId,
      chip_id: chipId,
      fitted_at: at,
      fitted_by: fitting.actor,
      removed_at: null,
      removal: null,
    })
    .execute();
}

/** Takes the chip out of a machine that is scrapped: the chip is free for another. */
export async function unbindChip(tx: Db, machineId: MachineId, at: Date): Promise<void> {
  await tx.updateTable("machines").set({ chip_id: null }).where("machine_id", "=", machineId).execute();
  await tx
    .updateTable("chip_fittings")
    .set({ removed_at: at, removal: "scrapped" })
    .where("machine_id", "=", machineId)
    .where("removed_at", "is", null)
    .execute();
}

/** Enterprises within reach by part of the name or the whole credit code. */
export async function selectOwners(db: Db, scope: ReachedRows, text: string | undefined, limit: number) {
  return await db
    .selectFrom("enterprises as e")
    .innerJoin("regions as r", "r.region_code", "e.region_code")
    .select(["e.enterprise_id", "e.name", "e.uscc", "r.name as region_name"])
    .where(withinScope(scope, "e.region_code", "e.enterprise_id"))
    .where("e.status", "=", "active")
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`(strpos(lower(e.name), lower(${text})) > 0 or e.uscc = upper(${text}))`),
    )
    .orderBy("e.name")
    .orderBy("e.enterprise_id")
    .limit(limit)
    .execute();
}

export async function findEnterprise(db: Db, by: { enterpriseId: string } | { uscc: string }) {
  return await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "name", "region_code", "status"])
    .$if("enterpriseId" in by, (query) =>
      query.where("enterprise_id", "=", (by as { enterpriseId: string }).enterpriseId as EnterpriseId),
    )
    .$if("uscc" in by, (query) => query.where("uscc", "=", (by as { uscc: string }).uscc))
    .executeTakeFirst();
}

export async function isRegion(db: Db, code: string): Promise<boolean> {
  const row = await db
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", code as RegionCode)
    .executeTakeFirst();
  return row !== undefined;
}

function dueInspections(db: Db, scope: ReachedRows, untilDay: string) {
  return db
    .selectFrom("machines as m")
    .innerJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .innerJoin("regions as r", "r.region_code", "m.region_code")
    .where(withinScope(scope, "m.region_code", "m.enterprise_id"))
    .where("m.status", "!=", "scrapped")
    .where("m.inspection_due_on", "<=", untilDay);
}

export async function countDueInspections(db: Db, scope: ReachedRows, untilDay: string): Promise<number> {
  const row = await dueInspections(db, scope, untilDay)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectDueInspections(
  db: Db,
  scope: ReachedRows,
  untilDay: string,
  part: { limit: number; offset: number },
) {
  return await dueInspections(db, scope, untilDay)
    .select([
      "m.machine_id",
      "m.name",
      "m.model",
      "m.inspected_on",
      "m.inspection_due_on",
      "e.name as enterprise_name",
      "r.name as region_name",
    ])
    .orderBy("m.inspection_due_on")
    .orderBy("m.machine_id")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}
