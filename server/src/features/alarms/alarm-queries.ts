import type { MachineId, RegionCode } from "@hanyouxu/protocol";
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

/** An alarm, open or kept as history, whose condition lasts. */
export interface LastingAlarm {
  kind: AlarmKind;
  subject_key: string;
  machine_id: MachineId | null;
  region_code: RegionCode | null;
  last_raised_at: Date;
}

export async function selectLastingAlarms(db: Db, kinds: readonly AlarmKind[]): Promise<LastingAlarm[]> {
  return await db
    .selectFrom("alarms")
    .select(["kind", "subject_key", "machine_id", "region_code", "last_raised_at"])
    .where("kind", "in", [...kinds])
    .where("condition", "=", "active")
    .where((where) =>
      where.or([
        where("closed_at", "is", null),
        where.and([where("handling", "=", "recorded"), where("promoted_to", "is", null)]),
      ]),
    )
    .execute();
}

/** Open ones of some kinds that last and are about a machine, or a welder; where both name a key area, the same one. */
export async function selectLastingAbout(
  tx: Db,
  kinds: readonly AlarmKind[],
  { machineId, welderId, keyAreaId }: Pick<AlarmFact, "machineId" | "welderId" | "keyAreaId">,
): Promise<Pick<StoredAlarm, "alarm_id">[]> {
  if (!machineId && !welderId) return [];
  return await tx
    .selectFrom("alarms")
    .select("alarm_id")
    .where("kind", "in", [...kinds])
    .where("closed_at", "is", null)
    .where("condition", "=", "active")
    .$if(Boolean(machineId), (query) => query.where("machine_id", "=", machineId!))
    .$if(Boolean(welderId), (query) => query.where("welder_id", "=", welderId!))
    .$if(Boolean(keyAreaId), (query) =>
      query.where((where) =>
        where.or([where("key_area_id", "is", null), where("key_area_id", "=", keyAreaId!)]),
      ),
    )
    .orderBy("alarm_id")
    .execute();
}

/** Those that were taken in before. */
export async function selectKnownSources(db: Db, sources: readonly string[]): Promise<ReadonlySet<string>> {
  if (sources.length === 0) return new Set();
  const rows = await db
    .selectFrom("alarm_sources")
    .select("source")
    .where(sql<boolean>`source = any(${[...sources]}::text[])`)
    .execute();
  return new Set(rows.map(({ source }) => source));
}

/**
 * Machines whose alarm of a kind lasts: open, or called false since an instant, so that it is not said again at once.
 * @param machineIds absent: of all
 */
export async function selectMachinesAlarmed(
  db: Db,
  kind: AlarmKind,
  { calledFalseSince, machineIds }: { calledFalseSince: Date; machineIds?: readonly MachineId[] },
): Promise<ReadonlySet<MachineId>> {
  const rows = await db
    .selectFrom("alarms")
    .select("machine_id")
    .where("kind", "=", kind)
    .where("condition", "=", "active")
    .where((where) => where.or([where("closed_at", "is", null), where("closed_at", ">", calledFalseSince)]))
    .$if(machineIds !== undefined, (query) =>
      query.where(sql<boolean>`machine_id = any(${[...(machineIds ?? [])]}::uuid[])`),
    )
    .execute();
  return new Set(rows.flatMap(({ machine_id }) => (machine_id === null ? [] : [machine_id])));
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
