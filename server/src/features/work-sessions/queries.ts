import type { MachineId, RegionCode, WelderId, WorkSessionId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { Tables, WorkSessionStatus, WorkSessionsTable } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export async function findByIdempotencyKey(
  db: Kysely<Tables>,
  welderId: WelderId,
  key: string,
): Promise<WorkSessionId | undefined> {
  const row = await db
    .selectFrom("work_sessions")
    .select("work_session_id")
    .where("welder_id", "=", welderId)
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  return row?.work_session_id;
}

export async function insertWorkSession(
  db: Kysely<Tables>,
  row: Omit<
    Insertable<WorkSessionsTable>,
    "energised_at" | "stop_requested_at" | "ended_at" | "end_reason" | "checkpoint_verified"
  >,
): Promise<void> {
  await db
    .insertInto("work_sessions")
    .values({
      energised_at: null,
      stop_requested_at: null,
      ended_at: null,
      end_reason: null,
      checkpoint_verified: null,
      ...row,
    })
    .execute();
}

/** Changes a work session that is in one of the statuses; false when it is not. */
export async function updateWorkSession(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  statuses: readonly WorkSessionStatus[],
  change: Updateable<WorkSessionsTable>,
): Promise<boolean> {
  const result = await db
    .updateTable("work_sessions")
    .set(change)
    .where("work_session_id", "=", workSessionId)
    .where("status", "in", statuses)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Sessions of a machine that hold it, other than one: their grants can no longer be taken. */
export async function closeOtherGranted(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  endedAt: Date,
): Promise<WorkSessionId[]> {
  const rows = await db
    .updateTable("work_sessions")
    .set({ status: "not-started", ended_at: endedAt, end_reason: "superseded" })
    .where("status", "=", "granted")
    .where("work_session_id", "!=", workSessionId)
    .where("machine_id", "=", (query) =>
      query
        .selectFrom("work_sessions as own")
        .select("own.machine_id")
        .where("own.work_session_id", "=", workSessionId),
    )
    .returning("work_session_id")
    .execute();
  return rows.map((row) => row.work_session_id);
}

/** Grants that nobody answered in time. */
export async function closeUnanswered(
  db: Kysely<Tables>,
  now: Date,
  deadline: Date,
): Promise<WorkSessionId[]> {
  const rows = await db
    .updateTable("work_sessions")
    .set({ status: "not-started", ended_at: now, end_reason: "no-answer" })
    .where("status", "=", "granted")
    .where("accept_by", "<", deadline)
    .returning("work_session_id")
    .execute();
  return rows.map((row) => row.work_session_id);
}

/** Sessions past their end whose chip was heard after it with the relay open. */
export async function closeLost(
  db: Kysely<Tables>,
  now: Date,
  expiredBefore: Date,
): Promise<WorkSessionId[]> {
  const { rows } = await sql<{ work_session_id: WorkSessionId }>`
    update work_sessions s set status = 'ended', ended_at = ${now}, end_reason = 'record-lost'
    from twins t
    where s.status = 'energised' and s.expires_at < ${expiredBefore}
      and t.chip_id = s.chip_id and not t.relay_closed and t.last_heard_at > s.expires_at + interval '15 minutes'
    returning s.work_session_id`.execute(db);
  return rows.map((row) => row.work_session_id);
}

export interface WorkSessionFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  workSessionId?: string;
  welderId?: WelderId;
  machineId?: string;
  enterpriseId?: string;
  region?: string;
  status?: WorkSessionStatus;
  isOpen?: boolean;
  from?: string;
  to?: string;
  text?: string;
}

function workSessionsMatching(db: Kysely<Tables>, filter: WorkSessionFilter) {
  return db
    .selectFrom("work_sessions as s")
    .innerJoin("machines as m", "m.machine_id", "s.machine_id")
    .innerJoin("enterprises as e", "e.enterprise_id", "s.enterprise_id")
    .innerJoin("welders as w", "w.welder_id", "s.welder_id")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "s.region_code", "s.enterprise_id")),
    )
    .$if(filter.workSessionId !== undefined, (query) =>
      query.where("s.work_session_id", "=", filter.workSessionId as WorkSessionId),
    )
    .$if(filter.welderId !== undefined, (query) => query.where("s.welder_id", "=", filter.welderId!))
    .$if(filter.machineId !== undefined, (query) =>
      query.where("s.machine_id", "=", filter.machineId as MachineId),
    )
    .$if(filter.enterpriseId !== undefined, (query) =>
      query.where(sql<boolean>`s.enterprise_id = ${filter.enterpriseId}::uuid`),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("s.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.status !== undefined, (query) => query.where("s.status", "=", filter.status!))
    .$if(filter.isOpen === true, (query) => query.where("s.status", "in", ["granted", "energised"]))
    .$if(filter.from !== undefined, (query) => query.where("s.granted_at", ">=", new Date(filter.from!)))
    .$if(filter.to !== undefined, (query) => query.where("s.granted_at", "<", new Date(filter.to!)))
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(m.name), lower(${filter.text})) > 0 or strpos(lower(e.name), lower(${filter.text})) > 0
                      or strpos(lower(m.model), lower(${filter.text})) > 0)`,
      ),
    );
}

export type WorkSessionRow = Awaited<ReturnType<typeof selectWorkSessions>>[number];

export async function selectWorkSessions(
  db: Kysely<Tables>,
  filter: WorkSessionFilter,
  limit: number,
  offset: number,
) {
  return await workSessionsMatching(db, filter)
    .selectAll("s")
    .select(["m.name as machine_name", "m.model", "e.name as enterprise_name", "p.name_ciphertext"])
    .orderBy("s.granted_at", "desc")
    .orderBy("s.work_session_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countWorkSessions(db: Kysely<Tables>, filter: WorkSessionFilter): Promise<number> {
  const row = await workSessionsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
