import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AlarmCondition, AlarmHandling, AlarmKind, AlarmSeverity } from "@hanyouxu/rules";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface AlarmFilter {
  alarmId?: string;
  alarmIds?: readonly string[];
  /** Absent: all, for the platform itself. */
  scope?: ReachedRows | undefined;
  /** Whose own: about the person as a welder, or about firms. */
  own?: { personId: PersonId; enterprises: readonly EnterpriseId[] };
  severity?: AlarmSeverity | undefined;
  kind?: AlarmKind | undefined;
  condition?: AlarmCondition | undefined;
  handling?: AlarmHandling | undefined;
  isOpen?: boolean | undefined;
  withRecorded?: boolean;
  overdueAt?: Date | undefined;
  assignedTo?: PersonId | undefined;
  /** Given to one of these departments and to no person. */
  waitsForDepartments?: readonly string[] | undefined;
  region?: string | undefined;
  enterpriseId?: string | undefined;
  machineId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

function alarmsMatching(db: Db, filter: AlarmFilter) {
  const { scope, own } = filter;
  return db
    .selectFrom("alarms as a")
    .leftJoin("regions as r", "r.region_code", "a.region_code")
    .leftJoin("enterprises as e", "e.enterprise_id", "a.enterprise_id")
    .leftJoin("enterprises as o", "o.enterprise_id", "a.site_owner_enterprise_id")
    .leftJoin("machines as m", "m.machine_id", "a.machine_id")
    .leftJoin("key_areas as k", "k.key_area_id", "a.key_area_id")
    .leftJoin("welders as w", "w.welder_id", "a.welder_id")
    .$if(scope !== undefined, (query) =>
      query.where(withinScope(scope!, "a.region_code", "a.enterprise_id", "a.site_owner_enterprise_id")),
    )
    .$if(own !== undefined, (query) =>
      query.where(
        sql<boolean>`(w.person_id = ${own!.personId}
          or a.enterprise_id = any(${[...own!.enterprises]}::uuid[])
          or a.site_owner_enterprise_id = any(${[...own!.enterprises]}::uuid[]))`,
      ),
    )
    .$if(filter.alarmId !== undefined, (query) => query.where("a.alarm_id", "=", filter.alarmId!))
    .$if(filter.alarmIds !== undefined, (query) =>
      query.where(sql<boolean>`a.alarm_id = any(${[...filter.alarmIds!]}::uuid[])`),
    )
    .$if(filter.severity !== undefined, (query) => query.where("a.severity", "=", filter.severity!))
    .$if(filter.kind !== undefined, (query) => query.where("a.kind", "=", filter.kind!))
    .$if(filter.condition !== undefined, (query) => query.where("a.condition", "=", filter.condition!))
    .$if(filter.handling !== undefined, (query) => query.where("a.handling", "=", filter.handling!))
    .$if(filter.isOpen !== undefined, (query) =>
      query.where("a.closed_at", filter.isOpen ? "is" : "is not", null),
    )
    .$if(filter.withRecorded === false, (query) => query.where("a.handling", "!=", "recorded"))
    .$if(filter.overdueAt !== undefined, (query) =>
      query.where((where) =>
        where.or([where("a.level", ">", 0), where("a.due_at", "<=", filter.overdueAt!)]),
      ),
    )
    .$if(filter.assignedTo !== undefined, (query) =>
      query.where("a.assigned_person_id", "=", filter.assignedTo!),
    )
    .$if(filter.waitsForDepartments !== undefined, (query) =>
      query
        .where("a.assigned_person_id", "is", null)
        .where(sql<boolean>`a.assigned_department = any(${[...filter.waitsForDepartments!]}::text[])`),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("a.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.enterpriseId !== undefined, (query) =>
      query.where("a.enterprise_id", "=", filter.enterpriseId as EnterpriseId),
    )
    .$if(filter.machineId !== undefined, (query) =>
      query.where("a.machine_id", "=", filter.machineId as MachineId),
    )
    .$if(filter.from !== undefined, (query) => query.where("a.raised_at", ">=", new Date(filter.from!)))
    .$if(filter.to !== undefined, (query) => query.where("a.raised_at", "<", new Date(filter.to!)));
}

/** Open ones first, dangers before all, then the newest. */
export async function selectAlarms(db: Db, filter: AlarmFilter, limit: number, offset: number) {
  // The page first, then what belongs to it: in a storm there are thousands that nobody looks at.
  const page = inOrder(alarmsMatching(db, filter).select("a.alarm_id")).limit(limit).offset(offset);
  const rows = alarmsMatching(db, {})
    .where("a.alarm_id", "in", page)
    .selectAll("a")
    .select([
      "r.name as region_name",
      "e.name as enterprise_name",
      "o.name as site_owner_name",
      "m.name as machine_name",
      "k.name as key_area_name",
      "w.person_id as welder_person_id",
    ]);
  return await inOrder(rows).execute();
}

type Matching<Row> = SelectQueryBuilder<
  ReturnType<typeof alarmsMatching> extends SelectQueryBuilder<infer Own, infer _Names, infer _Row>
    ? Own
    : never,
  "a" | "r" | "e" | "o" | "m" | "k" | "w",
  Row
>;

function inOrder<Row>(query: Matching<Row>): Matching<Row> {
  return query
    .orderBy(sql`a.closed_at is not null`)
    .orderBy(sql`case a.severity when 'danger' then 0 when 'warning' then 1 else 2 end`)
    .orderBy("a.raised_at", "desc")
    .orderBy("a.alarm_id", "desc");
}

export type AlarmRow = Awaited<ReturnType<typeof selectAlarms>>[number];

/** Live ones that are new or have changed since an instant. */
export async function selectChanges(db: Db, since: Date) {
  return await db
    .selectFrom("alarms")
    .select(["alarm_id", "act_count", "raised_count", "changed_at"])
    .where("changed_at", ">=", since)
    .where("handling", "!=", "recorded")
    .execute();
}

export async function countAlarms(db: Db, filter: AlarmFilter): Promise<number> {
  const row = await alarmsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Open ones by kind and severity, with how many nobody has acknowledged and how many are overdue. */
export async function countOpenAlarms(db: Db, filter: AlarmFilter, now: Date) {
  return await alarmsMatching(db, { ...filter, isOpen: true })
    .select((expression) => [
      "a.kind",
      "a.severity",
      expression.fn.countAll<number>().as("open"),
      sql<number>`(count(*) filter (where a.handling = 'unacknowledged'))::int`.as("unacknowledged"),
      sql<number>`(count(*) filter (where a.level > 0 or a.due_at <= ${now}))::int`.as("overdue"),
    ])
    .groupBy(["a.kind", "a.severity"])
    .execute();
}

export async function selectHistory(db: Db, alarmId: string) {
  return await db
    .selectFrom("alarm_acts as h")
    .leftJoin("persons as p", "p.person_id", "h.actor_id")
    .leftJoin("persons as t", (join) => join.on(sql<boolean>`t.person_id = (h.details->>'personId')::uuid`))
    .select(["h.seq", "h.at", "h.what", "h.actor_role", "h.details", "h.condition", "h.handling", "h.level"])
    .select(["p.name_ciphertext as actor_ciphertext", "t.name_ciphertext as assignee_ciphertext"])
    .where("h.alarm_id", "=", alarmId)
    .orderBy("h.seq")
    .execute();
}

export type HistoryRow = Awaited<ReturnType<typeof selectHistory>>[number];

/** Alarms that were said to belong to it, and those merged into it. */
export async function selectLinked(db: Db, alarmId: string) {
  return await db
    .selectFrom("alarms as a")
    .select(["a.alarm_id", "a.kind", "a.handling"])
    .where(
      sql<boolean>`(a.merged_into = ${alarmId}
        or a.alarm_id in (select other_alarm_id from alarm_links where alarm_id = ${alarmId}
                          union select alarm_id from alarm_links where other_alarm_id = ${alarmId}))`,
    )
    .orderBy("a.raised_at")
    .execute();
}

export async function selectPersonName(db: Db, personId: PersonId): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom("persons")
    .select("name_ciphertext")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row?.name_ciphertext;
}

/** Staff of one of some roles whose region holds a place, and the operators of all. */
export async function selectAssignees(db: Db, region: RegionCode | null, roles: readonly string[]) {
  return await db
    .selectFrom("role_grants as g")
    .innerJoin("persons as p", "p.person_id", "g.person_id")
    .select(["g.person_id", "g.role", "g.region_code", "g.department_key", "p.name_ciphertext"])
    .where("g.role", "in", [...roles])
    .where("g.enterprise_id", "is", null)
    .where("p.is_active", "=", true)
    .where(
      sql<boolean>`(${region}::text like g.region_code || '%' or (g.role = 'operator' and g.region_code is null))`,
    )
    .orderBy(sql`length(g.region_code) desc nulls last`)
    .orderBy("g.person_id")
    .limit(500)
    .execute();
}
