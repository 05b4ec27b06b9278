import type { ChipId, MachineId, RegionCode, WelderId, WorkSessionId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import { isMissingValue } from "../../db/sql-errors.ts";
import type {
  CommandsTable,
  DecisionsTable,
  SiteOwnerState,
  Tables,
  WorkSessionStatus,
  WorkSessionsTable,
} from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export type NewWorkSession = Omit<
  Insertable<WorkSessionsTable>,
  "energised_at" | "stop_requested_at" | "ended_at" | "end_reason" | "checkpoint_verified"
>;

/**
 * A granted start with its decision and the grant that was signed: one statement, all of it or nothing.
 * @param startCount what the decision was made on: when another start of the welder was granted since, the turn is
 *   gone, the work session has no welder, and nothing is stored
 * @returns false when the turn is gone
 * @throws SqlError unique violation of `work_sessions_one_holder` when somebody else holds the machine
 */
export async function insertGrantedStart(
  db: Kysely<Tables>,
  startCount: number,
  decision: Insertable<DecisionsTable>,
  session: NewWorkSession,
  command: Insertable<CommandsTable>,
): Promise<boolean> {
  const untouched = {
    energised_at: null,
    stop_requested_at: null,
    ended_at: null,
    end_reason: null,
    checkpoint_verified: null,
  };
  const ofTurn = sql<WelderId>`(select welder_id from turn)`;
  try {
    await db
      .with("turn", (cte) =>
        cte
          .updateTable("welders")
          .set({ start_count: startCount + 1 })
          .where("welder_id", "=", session.welder_id)
          .where("start_count", "=", startCount)
          .returning("welder_id"),
      )
      .with("decision", (cte) => cte.insertInto("decisions").values(decision))
      .with("session", (cte) =>
        cte.insertInto("work_sessions").values({ ...untouched, ...session, welder_id: ofTurn }),
      )
      .insertInto("commands")
      .values(command)
      .execute();
    return true;
  } catch (error) {
    if (isMissingValue(error, "work_sessions", "welder_id")) return false;
    throw error;
  }
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

/**
 * Sessions past their end that nothing will end any more: the chip, heard well after the end, holds its relay open,
 * or it has been silent for long.
 */
export async function closeLost(
  db: Kysely<Tables>,
  now: Date,
  { expiredBefore, silentSince }: { expiredBefore: Date; silentSince: Date },
): Promise<WorkSessionId[]> {
  const { rows } = await sql<{ work_session_id: WorkSessionId }>`
    update work_sessions s set status = 'ended', ended_at = ${now}, end_reason = 'record-lost'
    from chips c left join twins t using (chip_id)
    where s.status = 'energised' and s.expires_at < ${expiredBefore} and c.chip_id = s.chip_id
      and (c.revoked_at is not null or t.last_heard_at is null or t.last_heard_at < ${silentSince}
           or (not t.relay_closed and t.last_heard_at > s.expires_at + interval '15 minutes'))
    returning s.work_session_id`.execute(db);
  return rows.map((row) => row.work_session_id);
}

/** Grants that nobody answered in time. */
export async function closeUnanswered(
  db: Kysely<Tables>,
  now: Date,
  deadline: Date,
): Promise<WorkSessionId[]> {
  // Whatever somebody else is changing right now is looked at again by the next sweep: no waiting in a circle.
  const { rows } = await sql<{ work_session_id: WorkSessionId }>`
    update work_sessions set status = 'not-started', ended_at = ${now}, end_reason = 'no-answer'
    where work_session_id in (
      select work_session_id from work_sessions where status = 'granted' and accept_by < ${deadline}
      for update skip locked)
    returning work_session_id`.execute(db);
  return rows.map((row) => row.work_session_id);
}

/** The broker did not take the grant: the session is over, and its key may be used for the next attempt. */
export async function withdrawGrant(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  now: Date,
): Promise<boolean> {
  return await updateWorkSession(db, workSessionId, ["granted"], {
    status: "not-started",
    ended_at: now,
    end_reason: "not-delivered",
    idempotency_key: null,
  });
}

export interface WorkSessionFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  workSessionId?: string;
  welderId?: WelderId;
  machineId?: string;
  /** The machine's owner. */
  enterpriseId?: string;
  contractorEnterpriseId?: string;
  siteOwnerEnterpriseId?: string;
  siteOwnerState?: SiteOwnerState;
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
    .leftJoin("enterprises as c", "c.enterprise_id", "s.contractor_enterprise_id")
    .leftJoin("enterprises as o", "o.enterprise_id", "s.site_owner_enterprise_id")
    .$if(filter.scope !== undefined, (query) =>
      query.where(
        withinScope(
          filter.scope!,
          "s.region_code",
          "s.enterprise_id",
          "s.contractor_enterprise_id",
          "s.site_owner_enterprise_id",
        ),
      ),
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
    .$if(filter.contractorEnterpriseId !== undefined, (query) =>
      query.where(sql<boolean>`s.contractor_enterprise_id = ${filter.contractorEnterpriseId}::uuid`),
    )
    .$if(filter.siteOwnerEnterpriseId !== undefined, (query) =>
      query.where(sql<boolean>`s.site_owner_enterprise_id = ${filter.siteOwnerEnterpriseId}::uuid`),
    )
    .$if(filter.siteOwnerState !== undefined, (query) =>
      query.where("s.site_owner_state", "=", filter.siteOwnerState!),
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
                      or strpos(lower(m.model), lower(${filter.text})) > 0
                      or strpos(lower(c.name), lower(${filter.text})) > 0
                      or strpos(lower(o.name), lower(${filter.text})) > 0)`,
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
    .select("w.person_id as welder_person_id")
    .select(["c.name as contractor_name", "o.name as site_owner_name"])
    .orderBy("s.granted_at", "desc")
    .orderBy("s.work_session_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** What the chip of a session reads now; all null while it has said nothing. */
const READINGS = [
  "relay_closed",
  "arc_on",
  "current_amps",
  "voltage_volts",
  "is_gone",
  "last_heard_at",
] as const;

export type ProgressRow = NonNullable<Awaited<ReturnType<typeof selectProgress>>>;

/** A work session with what its machine reads now: who follows one asks often, so it is one statement. */
export async function selectProgress(db: Kysely<Tables>, workSessionId: WorkSessionId) {
  return await workSessionsMatching(db, { workSessionId })
    .leftJoin("twins as t", "t.chip_id", "s.chip_id")
    .selectAll("s")
    .select(["m.name as machine_name", "m.model", "e.name as enterprise_name", "p.name_ciphertext"])
    .select(["c.name as contractor_name", "o.name as site_owner_name", "w.person_id as welder_person_id"])
    .select(READINGS.map((name) => `t.${name}` as const))
    .executeTakeFirst();
}

/** Notes that a session shall end; undefined when it is not open. */
export async function requestStop(
  db: Kysely<Tables>,
  workSessionId: WorkSessionId,
  at: Date,
): Promise<ChipId | undefined> {
  const row = await db
    .updateTable("work_sessions")
    .set({ stop_requested_at: at })
    .where("work_session_id", "=", workSessionId)
    .where("status", "in", ["granted", "energised"])
    .returning("chip_id")
    .executeTakeFirst();
  return row?.chip_id;
}

export async function countWorkSessions(db: Kysely<Tables>, filter: WorkSessionFilter): Promise<number> {
  const row = await workSessionsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
