import type {
  HotWorkPermitId,
  KeyAreaId,
  MachineCode,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
} from "@hanyouxu/protocol";
import type { ClearancePhase } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { ClearanceEventsTable, ClearancesTable } from "../../db/tables/clearances.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export async function insertClearance(tx: Db, row: Insertable<ClearancesTable>): Promise<void> {
  await tx.insertInto("clearances").values(row).execute();
}

/** Alone with it until the transaction ends. */
export async function lockClearance(tx: Db, clearanceId: string) {
  return await tx
    .selectFrom("clearances")
    .selectAll()
    .where("clearance_id", "=", clearanceId)
    .forUpdate()
    .executeTakeFirst();
}

export type LockedClearance = NonNullable<Awaited<ReturnType<typeof lockClearance>>>;

export async function updateClearance(
  tx: Db,
  clearanceId: string,
  change: Updateable<ClearancesTable>,
): Promise<void> {
  await tx.updateTable("clearances").set(change).where("clearance_id", "=", clearanceId).execute();
}

export async function insertEvent(tx: Db, row: Insertable<ClearanceEventsTable>): Promise<void> {
  await tx.insertInto("clearance_events").values(row).execute();
}

export interface ClearanceFilter {
  clearanceId?: string;
  phase?: ClearancePhase | undefined;
  isOpen?: boolean | undefined;
  region?: string | undefined;
  keyAreaId?: string | undefined;
  machineId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  text?: string | undefined;
  /** Where this person welds or watches. */
  ownerPersonId?: PersonId;
  /** Absent: all, for the platform itself or one's own. */
  scope?: ReachedRows;
}

function clearancesMatching(db: Db, filter: ClearanceFilter) {
  const { scope } = filter;
  return db
    .selectFrom("clearances as c")
    .innerJoin("key_areas as a", "a.key_area_id", "c.key_area_id")
    .innerJoin("machines as m", "m.machine_id", "c.machine_id")
    .innerJoin("enterprises as e", "e.enterprise_id", "c.enterprise_id")
    .innerJoin("regions as r", "r.region_code", "c.region_code")
    .innerJoin("welders as w", "w.welder_id", "c.welder_id")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .leftJoin("persons as f", "f.person_id", "c.watch_person_id")
    .$if(scope !== undefined, (query) =>
      query.where(withinScope(scope!, "c.region_code", "c.enterprise_id", "c.site_owner_enterprise_id")),
    )
    .$if(filter.clearanceId !== undefined, (query) => query.where("c.clearance_id", "=", filter.clearanceId!))
    .$if(filter.phase !== undefined, (query) => query.where("c.phase", "=", filter.phase!))
    .$if(filter.isOpen !== undefined, (query) =>
      query.where("c.ended_at", filter.isOpen ? "is" : "is not", null),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("c.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.keyAreaId !== undefined, (query) =>
      query.where("c.key_area_id", "=", filter.keyAreaId as KeyAreaId),
    )
    .$if(filter.machineId !== undefined, (query) =>
      query.where(sql<boolean>`c.machine_id = ${filter.machineId}::uuid`),
    )
    .$if(filter.from !== undefined, (query) => query.where("c.opened_at", ">=", new Date(filter.from!)))
    .$if(filter.to !== undefined, (query) => query.where("c.opened_at", "<", new Date(filter.to!)))
    .$if(filter.text !== undefined, (query) => {
      const part = `%${filter.text!.replace(/[\\%_]/g, "\\$&")}%`;
      return query.where(sql<boolean>`(a.name ilike ${part} or m.name ilike ${part})`);
    })
    .$if(filter.ownerPersonId !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where("w.person_id", "=", filter.ownerPersonId!),
          where("c.watch_person_id", "=", filter.ownerPersonId!),
        ]),
      ),
    );
}

/** Open ones first, then the newest. */
export async function selectClearances(db: Db, filter: ClearanceFilter, limit: number, offset: number) {
  return await clearancesMatching(db, filter)
    .selectAll("c")
    .select([
      "a.name as key_area_name",
      "a.kind as key_area_kind",
      "m.name as machine_name",
      "m.machine_code",
      "m.process",
      "e.name as enterprise_name",
      "r.name as region_name",
      "p.person_id as welder_person_id",
      "p.name_ciphertext as welder_name_ciphertext",
      "f.name_ciphertext as watch_name_ciphertext",
    ])
    .orderBy(sql`c.ended_at is not null`)
    .orderBy("c.opened_at", "desc")
    .orderBy("c.clearance_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type ClearanceRow = Awaited<ReturnType<typeof selectClearances>>[number];

export async function countClearances(db: Db, filter: ClearanceFilter): Promise<number> {
  const row = await clearancesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The last one of this machine or this welder in the area that ended, unless that is longer ago. */
export async function selectLastEnded(
  db: Db,
  { keyAreaId, machineId, welderId }: { keyAreaId: KeyAreaId; machineId: MachineId; welderId: WelderId },
  endedSince: Date,
) {
  return await db
    .selectFrom("clearances")
    .select(["state"])
    .where("key_area_id", "=", keyAreaId)
    .where("ended_at", ">=", endedSince)
    .where((where) => where.or([where("machine_id", "=", machineId), where("welder_id", "=", welderId)]))
    .orderBy("ended_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function selectEvents(db: Db, clearanceId: string) {
  return await db
    .selectFrom("clearance_events as v")
    .leftJoin("persons as p", "p.person_id", "v.actor_id")
    .select(["v.seq", "v.at", "v.event", "v.random", "v.phase", "v.effects", "p.name_ciphertext"])
    .where("v.clearance_id", "=", clearanceId)
    .orderBy("v.seq")
    .execute();
}

export type EventRow = Awaited<ReturnType<typeof selectEvents>>[number];

export async function selectOpenOf(db: Db, machineId: string) {
  return await db
    .selectFrom("clearances")
    .select(["clearance_id", "key_area_id", "welder_id"])
    .where(sql<boolean>`machine_id = ${machineId}::uuid`)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

/** A machine by its code, with what a clearance keeps of it. */
export async function selectMachine(db: Db, machineCode: MachineCode) {
  return await db
    .selectFrom("machines")
    .select(["machine_id", "enterprise_id", "region_code"])
    .where("machine_code", "=", machineCode)
    .where("status", "!=", "scrapped")
    .executeTakeFirst();
}

/** Those that time alone takes further, the longest overdue first. */
export async function selectDue(db: Db, at: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("clearances")
    .select("clearance_id")
    .where("due_at", "<=", at)
    .orderBy("due_at")
    .limit(limit)
    .execute();
  return rows.map(({ clearance_id }) => clearance_id);
}

/** Clearances whose session has ended without their knowing. */
export async function selectEndedWork(db: Db, limit: number) {
  return await db
    .selectFrom("clearances as c")
    .innerJoin("work_sessions as s", "s.work_session_id", "c.open_work_session_id")
    .select(["c.clearance_id", "s.work_session_id"])
    .where("s.status", "not in", ["granted", "energised"])
    .limit(limit)
    .execute();
}

/** Sessions that must not strike new arcs and have not been told. */
export async function selectOwedStops(db: Db, limit: number) {
  return await db
    .selectFrom("clearances as c")
    .innerJoin("work_sessions as s", "s.work_session_id", "c.open_work_session_id")
    .select(["c.clearance_id", "s.work_session_id"])
    .where("c.must_stop", "=", true)
    .where("s.status", "in", ["granted", "energised"])
    .limit(limit)
    .execute();
}

export async function selectSmoulderChecks(db: Db, clearanceId: string) {
  return await db
    .selectFrom("smoulder_checks as k")
    .innerJoin("persons as p", "p.person_id", "k.person_id")
    .select(["k.at", "k.is_safe", "k.note", "k.evidence_ids", "p.name_ciphertext", "p.person_id"])
    .where("k.clearance_id", "=", clearanceId)
    .orderBy("k.at")
    .execute();
}

export type SmoulderCheckRow = Awaited<ReturnType<typeof selectSmoulderChecks>>[number];

export async function selectClearance(db: Db, clearanceId: string) {
  return await db
    .selectFrom("clearances")
    .select(["clearance_id", "permit_id", "state", "policy", "region_code"])
    .where("clearance_id", "=", clearanceId)
    .executeTakeFirst();
}

/** Open clearances whose work is done under a permit. */
export async function selectOpenUnder(db: Db, permitId: HotWorkPermitId): Promise<string[]> {
  const rows = await db
    .selectFrom("clearances")
    .select("clearance_id")
    .where("permit_id", "=", permitId)
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ clearance_id }) => clearance_id);
}

/** How many hot-work points one fire watch looks after now. */
export async function countWatchedBy(db: Db, personId: PersonId): Promise<number> {
  const row = await db
    .selectFrom("clearances")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("watch_person_id", "=", personId)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Open clearances that a fire watch looks after now, but for one: where, and how they stand. */
export async function selectWatchedBeside(db: Db, personId: PersonId, clearanceId: string) {
  return await db
    .selectFrom("clearances")
    .select(["clearance_id", "latitude_degrees", "longitude_degrees", "open_work_session_id", "state"])
    .where("watch_person_id", "=", personId)
    .where("ended_at", "is", null)
    .where("clearance_id", "<>", clearanceId)
    .execute();
}

export async function selectPermitRow(db: Db, permitId: HotWorkPermitId) {
  return await db
    .selectFrom("hot_work_permits")
    .selectAll()
    .where("permit_id", "=", permitId)
    .executeTakeFirstOrThrow();
}

/** What a clearance asks of a permit: whose it is, what for, and what was approved. */
export async function permitForClearance(db: Db, permitId: string) {
  const row = await db
    .selectFrom("hot_work_permits")
    .select(["welder_person_id", "key_area_id", "machine_id", "status"])
    .select(["approver_person_id", "valid_from", "valid_to"])
    .where("permit_id", "=", permitId as HotWorkPermitId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { approver_person_id: approverId, valid_from, valid_to } = row;
  const isApproved = row.status === "approved" && approverId && valid_from && valid_to;
  return {
    welderPersonId: row.welder_person_id,
    keyAreaId: row.key_area_id,
    machineId: row.machine_id,
    isUsable: ["draft", "submitted", "approved"].includes(row.status),
    approval: isApproved
      ? { approverId, validFromMs: valid_from.getTime(), validToMs: valid_to.getTime() }
      : null,
  };
}
