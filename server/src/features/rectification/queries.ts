import type { Rectification } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type AlarmSeverity, shanghaiDay } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { RectificationActDetails, RectificationsTable } from "../../db/tables/rectification.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface RectificationFilter {
  scope?: ReachedRows;
  rectificationId?: string;
  verificationCode?: string;
  status?: Rectification["status"] | undefined;
  isOpen?: boolean | undefined;
  isOverdue?: boolean | undefined;
  severity?: AlarmSeverity | undefined;
  region?: string | undefined;
  enterpriseId?: string | undefined;
  alarmId?: string | undefined;
  /** Of these firms only. */
  firms?: readonly EnterpriseId[];
}

function rectificationsMatching(db: Db, filter: RectificationFilter) {
  const { isOpen, isOverdue } = filter;
  return db
    .selectFrom("rectifications as o")
    .innerJoin("enterprises as e", "e.enterprise_id", "o.enterprise_id")
    .innerJoin("regions as r", "r.region_code", "o.region_code")
    .innerJoin("persons as issuer", "issuer.person_id", "o.issued_by")
    .leftJoin("persons as answerable", "answerable.person_id", "o.answerable_person_id")
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "o.region_code", "o.enterprise_id")),
    )
    .$if(filter.rectificationId !== undefined, (query) =>
      query.where("o.rectification_id", "=", filter.rectificationId!),
    )
    .$if(filter.verificationCode !== undefined, (query) =>
      query.where("o.verification_code", "=", filter.verificationCode!),
    )
    .$if(filter.status !== undefined, (query) => query.where("o.status", "=", filter.status!))
    .$if(isOpen !== undefined, (query) => query.where("o.ended_at", isOpen ? "is" : "is not", null))
    .$if(isOverdue !== undefined, (query) => query.where("o.overdue_at", isOverdue ? "is not" : "is", null))
    .$if(filter.severity !== undefined, (query) => query.where("o.severity", "=", filter.severity!))
    .$if(filter.region !== undefined, (query) =>
      query.where("o.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.enterpriseId !== undefined, (query) =>
      query.where("o.enterprise_id", "=", filter.enterpriseId as EnterpriseId),
    )
    .$if(filter.alarmId !== undefined, (query) => query.where("o.alarm_id", "=", filter.alarmId!))
    .$if(filter.firms !== undefined, (query) =>
      query.where(sql<boolean>`o.enterprise_id = any(${[...filter.firms!]}::uuid[])`),
    );
}

/** The latest first. */
export async function selectRectifications(
  db: Db,
  filter: RectificationFilter,
  limit: number,
  offset: number,
) {
  return await rectificationsMatching(db, filter)
    .selectAll("o")
    .select(["e.name as enterprise_name", "r.name as region_name"])
    .select(["issuer.name_ciphertext as issuer_name", "answerable.name_ciphertext as answerable_name"])
    .orderBy("o.issued_at", "desc")
    .orderBy("o.rectification_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type RectificationRow = Awaited<ReturnType<typeof selectRectifications>>[number];

export async function countRectifications(db: Db, filter: RectificationFilter): Promise<number> {
  const row = await rectificationsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectItems(db: Db, rectificationId: string) {
  return await db
    .selectFrom("rectification_items")
    .selectAll()
    .where("rectification_id", "=", rectificationId)
    .orderBy("item_no")
    .execute();
}

export type ItemRow = Awaited<ReturnType<typeof selectItems>>[number];

export async function selectOrderedMachines(db: Db, rectificationId: string) {
  return await db
    .selectFrom("rectification_machines as o")
    .innerJoin("machines as m", "m.machine_id", "o.machine_id")
    .select(["m.machine_id", "m.name", "o.locked_at", "o.unlocked_at"])
    .where("o.rectification_id", "=", rectificationId)
    .orderBy("m.name")
    .execute();
}

export async function selectActs(db: Db, rectificationId: string) {
  return await db
    .selectFrom("rectification_acts as a")
    .leftJoin("persons as p", "p.person_id", "a.actor_id")
    .select(["a.seq", "a.at", "a.what", "a.actor_role", "a.details", "p.name_ciphertext"])
    .where("a.rectification_id", "=", rectificationId)
    .orderBy("a.seq")
    .execute();
}

export type StoredRectification = Awaited<ReturnType<typeof lockRectification>>;

/** Held to the end of the transaction. */
export async function lockRectification(tx: Db, rectificationId: string) {
  return await tx
    .selectFrom("rectifications")
    .selectAll()
    .where("rectification_id", "=", rectificationId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateRectification(
  tx: Db,
  rectificationId: string,
  change: Updateable<RectificationsTable>,
): Promise<void> {
  await tx
    .updateTable("rectifications")
    .set(change)
    .where("rectification_id", "=", rectificationId)
    .execute();
}

export async function insertRectification(
  tx: Db,
  row: Insertable<RectificationsTable>,
  items: readonly Insertable<Tables["rectification_items"]>[],
  machineIds: readonly MachineId[],
): Promise<void> {
  await tx.insertInto("rectifications").values(row).execute();
  await tx
    .insertInto("rectification_items")
    .values([...items])
    .execute();
  if (machineIds.length === 0) return;
  const { rectification_id } = row;
  await tx
    .insertInto("rectification_machines")
    .values(machineIds.map((machine_id) => ({ rectification_id, machine_id })))
    .execute();
}

export async function updateItem(
  tx: Db,
  rectificationId: string,
  itemNo: number,
  change: Updateable<Tables["rectification_items"]>,
): Promise<void> {
  await tx
    .updateTable("rectification_items")
    .set(change)
    .where("rectification_id", "=", rectificationId)
    .where("item_no", "=", itemNo)
    .execute();
}

export interface NewAct {
  what: string;
  at: Date;
  actorId: PersonId | null;
  actorRole: string | null;
  details: RectificationActDetails;
}

export async function insertActs(
  tx: Db,
  rectificationId: string,
  afterSeq: number,
  acts: readonly NewAct[],
): Promise<void> {
  if (acts.length === 0) return;
  await tx
    .insertInto("rectification_acts")
    .values(
      acts.map(({ what, at, actorId, actorRole, details }, index) => ({
        rectification_id: rectificationId,
        seq: afterSeq + index + 1,
        at,
        what,
        actor_id: actorId,
        actor_role: actorRole,
        details: JSON.stringify(details),
      })),
    )
    .execute();
}

/** Those whose time has come, the longest waiting first. */
export async function selectDue(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("rectifications")
    .select("rectification_id")
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .limit(limit)
    .execute();
  return rows.map(({ rectification_id }) => rectification_id);
}

/** The next number of a region on the Shanghai day of `atMs`: ZG330723-20260301-0007. */
export async function nextRectificationNumber(tx: Db, region: RegionCode, atMs: number): Promise<string> {
  const day = shanghaiDay(atMs);
  const { rows } = await sql<{ last_number: number }>`
    insert into rectification_counters (region_code, day, last_number) values (${region}, ${day}, 1)
    on conflict (region_code, day) do update set last_number = rectification_counters.last_number + 1
    returning last_number`.execute(tx);
  return `ZG${region}-${day.replaceAll("-", "")}-${String(rows[0]!.last_number).padStart(4, "0")}`;
}

/** Machines of the firm among those asked for. */
export async function countMachinesOf(
  db: Db,
  enterpriseId: EnterpriseId,
  machineIds: readonly MachineId[],
): Promise<number> {
  if (machineIds.length === 0) return 0;
  const row = await db
    .selectFrom("machines")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("enterprise_id", "=", enterpriseId)
    .where("machine_id", "in", [...machineIds])
    .executeTakeFirstOrThrow();
  return row.count;
}
