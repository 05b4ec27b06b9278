import type { AlarmKind } from "@hanyouxu/rules";
import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from "kysely";
import type { AlarmActsTable, AlarmsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import type { AlarmFact } from "./alarm-fact.ts";

type Db = Kysely<Tables>;

export type StoredAlarm = Selectable<AlarmsTable>;

/** False when it has been taken in before, by this server or another. */
export async function takeSource(tx: Db, source: string, at: Date): Promise<boolean> {
  const result = await tx
    .insertInto("alarm_sources")
    .values({ source, alarm_id: null, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function nameSource(tx: Db, source: string, alarmId: string): Promise<void> {
  await tx.updateTable("alarm_sources").set({ alarm_id: alarmId }).where("source", "=", source).execute();
}

/** The one open alarm of a kind and subject; nobody else changes it until the transaction ends. */
export async function lockOpenAlarm(
  tx: Db,
  kind: AlarmKind,
  subjectKey: string,
): Promise<StoredAlarm | undefined> {
  return await tx
    .selectFrom("alarms")
    .selectAll()
    .where("kind", "=", kind)
    .where("subject_key", "=", subjectKey)
    .where("closed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/** What is kept as history of a kind and subject, and lasts. */
export async function lockLastingRecords(
  tx: Db,
  kind: AlarmKind,
  subjectKey: string,
): Promise<StoredAlarm[]> {
  return await tx
    .selectFrom("alarms")
    .selectAll()
    .where("kind", "=", kind)
    .where("subject_key", "=", subjectKey)
    .where("handling", "=", "recorded")
    .where("condition", "=", "active")
    .where("promoted_to", "is", null)
    .orderBy("alarm_id")
    .forUpdate()
    .execute();
}

export async function lockAlarm(tx: Db, alarmId: string): Promise<StoredAlarm | undefined> {
  return await tx
    .selectFrom("alarms")
    .selectAll()
    .where("alarm_id", "=", alarmId)
    .forUpdate()
    .executeTakeFirst();
}

/** False when an open one of the kind and subject is there already. */
export async function insertAlarm(tx: Db, row: Insertable<AlarmsTable>): Promise<boolean> {
  const result = await tx
    .insertInto("alarms")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["kind", "subject_key"]).where("closed_at", "is", null).doNothing(),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateAlarm(tx: Db, alarmId: string, change: Updateable<AlarmsTable>): Promise<void> {
  await tx.updateTable("alarms").set(change).where("alarm_id", "=", alarmId).execute();
}

export async function insertActs(tx: Db, rows: readonly Insertable<AlarmActsTable>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("alarm_acts")
    .values([...rows])
    .execute();
}

/** A window that holds at an instant and covers what happened. */
export async function findSuppression(
  tx: Db,
  {
    kind,
    region,
    enterpriseId,
    machineId,
  }: Pick<AlarmFact, "kind" | "region" | "enterpriseId" | "machineId">,
  at: Date,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom("alarm_suppressions")
    .select("suppression_id")
    .where("starts_at", "<=", at)
    .where("ends_at", ">", at)
    .where("ended_at", "is", null)
    .where(sql<boolean>`(cardinality(kinds) = 0 or ${kind} = any(kinds))`)
    .where(sql<boolean>`(region_code is null or ${region ?? null}::text like region_code || '%')`)
    .where(sql<boolean>`(enterprise_id is null or enterprise_id = ${enterpriseId ?? null}::uuid)`)
    .where(sql<boolean>`(machine_id is null or machine_id = ${machineId ?? null}::uuid)`)
    .orderBy("ends_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.suppression_id;
}

/** Those whose deadline has passed, the most urgent first. */
export async function selectDueAlarms(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("alarms")
    .select("alarm_id")
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .limit(limit)
    .execute();
  return rows.map(({ alarm_id }) => alarm_id);
}

/** Open ones of some kinds whose condition lasts, with what they are about. */
export async function selectActiveAlarms(db: Db, kinds: readonly AlarmKind[]) {
  return await db
    .selectFrom("alarms")
    .select(["alarm_id", "kind", "subject_key", "region_code", "last_raised_at"])
    .where("kind", "in", [...kinds])
    .where("condition", "=", "active")
    .where("closed_at", "is", null)
    .execute();
}

/**
 * History that still lasts and is held back no more: its window is over, or, told late, its chip has nothing older left
 * to tell (`quietSince`).
 */
export async function selectRecordsToPromote(
  db: Db,
  { now, quietSince }: { now: Date; quietSince: Date },
): Promise<string[]> {
  const { rows } = await sql<{ alarm_id: string }>`
    select a.alarm_id
    from alarms a
    left join alarm_suppressions s using (suppression_id)
    where a.handling = 'recorded' and a.condition = 'active' and a.promoted_to is null
      and (s.suppression_id is null or s.ends_at <= ${now} or s.ended_at is not null)
      and (not a.was_late
           or not exists (select from chip_events e where e.chip_id = a.chip_id and e.received_at > ${quietSince}))
    order by a.raised_at
    limit 500`.execute(db);
  return rows.map(({ alarm_id }) => alarm_id);
}
