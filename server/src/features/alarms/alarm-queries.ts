import type { MachineId, RegionCode } from "@hanyouxu/protocol";
import type { AlarmKind } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import { insertOf, recordset, rowsOf, writeAhead } from "../../db/bulk.ts";
import type { AlarmsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import type { AlarmActRow } from "./alarm-step.ts";
import type { SuppressionWindow } from "./suppression-window.ts";

type Db = Kysely<Tables>;

export type StoredAlarm = Selectable<AlarmsTable>;

/** What an alarm is about: one open alarm a kind and subject. */
export interface Subject {
  kind: AlarmKind;
  subjectKey: string;
}

/** @returns those that were not taken in before, by this server or another */
export async function takeSources(
  tx: Db,
  facts: readonly Pick<AlarmFact, "source">[],
  at: Date,
): Promise<Set<string>> {
  if (facts.length === 0) return new Set();
  // In one order: two servers with the same news wait for each other, and not both ways.
  const sources = [...new Set(facts.map(({ source }) => source))].sort();
  const { rows } = await sql<{ source: string }>`
    ${insertOf(
      "alarm_sources",
      sources.map((source) => ({ source, alarm_id: null, at })),
    )}
    on conflict do nothing returning source`.execute(tx);
  return new Set(rows.map(({ source }) => source));
}

export async function nameSources(
  tx: Db,
  named: readonly { source: string; alarm_id: string }[],
): Promise<void> {
  if (named.length === 0) return;
  await writeAhead(
    tx,
    sql`update alarm_sources s set alarm_id = r.alarm_id
        from ${recordset(named, "source text, alarm_id uuid")} where s.source = r.source`,
  );
}

/** The open alarms of some subjects; nobody else changes them until the transaction ends. */
export async function lockOpenAlarms(tx: Db, subjects: readonly Subject[]): Promise<StoredAlarm[]> {
  return await lockOf(tx, subjects, sql`a.closed_at is null`);
}

/** What is kept as history of some subjects, and lasts. */
export async function lockLastingRecords(tx: Db, subjects: readonly Subject[]): Promise<StoredAlarm[]> {
  return await lockOf(
    tx,
    subjects,
    sql`a.handling = 'recorded' and a.condition = 'active' and a.promoted_to is null`,
  );
}

async function lockOf(
  tx: Db,
  subjects: readonly Subject[],
  which: RawBuilder<unknown>,
): Promise<StoredAlarm[]> {
  const wanted = subjects.map(({ kind, subjectKey }) => ({ kind, subject: subjectKey }));
  const { rows } = await sql<StoredAlarm>`
    select a.* from ${recordset(wanted, "kind text, subject text")}
    join alarms a on a.kind = r.kind and a.subject_key = r.subject
    where ${which}
    order by a.alarm_id
    for update of a`.execute(tx);
  return rows;
}

export async function lockAlarm(tx: Db, alarmId: string): Promise<StoredAlarm | undefined> {
  return await tx
    .selectFrom("alarms")
    .selectAll()
    .where("alarm_id", "=", alarmId)
    .forUpdate()
    .executeTakeFirst();
}

/** In one order, whoever asks for which first. */
export async function lockAlarms(tx: Db, alarmIds: readonly string[]): Promise<StoredAlarm[]> {
  return await tx
    .selectFrom("alarms")
    .selectAll()
    .where(sql<boolean>`alarm_id = any(${[...alarmIds]}::uuid[])`)
    .orderBy("alarm_id")
    .forUpdate()
    .execute();
}

/** @returns the ids of those that are in now; of an open one of its kind and subject there may be one only */
export async function insertAlarms(tx: Db, alarms: readonly StoredAlarm[]): Promise<ReadonlySet<string>> {
  if (alarms.length === 0) return new Set();
  const inOneOrder = alarms.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  const { rows } = await sql<{ alarm_id: string }>`
    ${insertOf("alarms", inOneOrder)}
    on conflict (kind, subject_key) where closed_at is null do nothing returning alarm_id`.execute(tx);
  return new Set(rows.map(({ alarm_id }) => alarm_id));
}

const orderOf = ({ kind, subject_key }: StoredAlarm) => `${kind} ${subject_key}`;

/** Writes what changes in the life of alarms that the transaction has locked. */
export async function updateAlarms(tx: Db, alarms: readonly StoredAlarm[]): Promise<void> {
  if (alarms.length === 0) return;
  const set = sql.join(CHANGING.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`));
  await writeAhead(
    tx,
    sql`update alarms a set ${set} from ${rowsOf("alarms", alarms)} r where a.alarm_id = r.alarm_id`,
  );
}

const CHANGING = [
  "data",
  "evidence",
  "condition",
  "handling",
  "level",
  "due_at",
  "assigned_department",
  "assigned_person_id",
  "state",
  "promoted_to",
  "merged_into",
  "raised_count",
  "last_raised_at",
  "cleared_at",
  "closed_at",
  "act_count",
  "changed_at",
] as const satisfies readonly (keyof StoredAlarm)[];

export async function insertActs(tx: Db, acts: readonly AlarmActRow[]): Promise<void> {
  if (acts.length > 0) await writeAhead(tx, insertOf("alarm_acts", acts));
}

/** Those that hold at an instant, the longest first. */
export async function selectWindows(tx: Db, at: Date): Promise<SuppressionWindow[]> {
  return await tx
    .selectFrom("alarm_suppressions")
    .select(["suppression_id", "kinds", "region_code", "enterprise_id", "machine_id"])
    .where("starts_at", "<=", at)
    .where("ends_at", ">", at)
    .where("ended_at", "is", null)
    .orderBy("ends_at", "desc")
    .execute();
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

export type LastingRow = Pick<StoredAlarm, "alarm_id" | "kind" | "machine_id" | "welder_id" | "key_area_id">;

/** Open alarms of some kinds that last, about any of the machines or welders of some facts. */
export async function selectLastingOf(
  tx: Db,
  kinds: readonly AlarmKind[],
  facts: readonly Pick<AlarmFact, "machineId" | "welderId">[],
): Promise<LastingRow[]> {
  const machineIds = facts.flatMap(({ machineId }) => machineId ?? []);
  const welderIds = facts.flatMap(({ welderId }) => welderId ?? []);
  return await tx
    .selectFrom("alarms")
    .select(["alarm_id", "kind", "machine_id", "welder_id", "key_area_id"])
    .where("kind", "in", [...kinds])
    .where("closed_at", "is", null)
    .where("condition", "=", "active")
    .where(sql<boolean>`(machine_id = any(${machineIds}::uuid[]) or welder_id = any(${welderIds}::uuid[]))`)
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
