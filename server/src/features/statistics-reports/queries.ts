import type { ReportFormat } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type {
  ReportSchedulesTable,
  StatisticsReportFilesTable,
  StatisticsReportsTable,
} from "../../db/tables/statistics.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;
export type ScheduleRow = Selectable<ReportSchedulesTable>;

export async function selectSchedules(db: Db, personId: PersonId, reportScheduleId?: string) {
  return await db
    .selectFrom("report_schedules as s")
    .leftJoin("regions as r", "r.region_code", "s.region_code")
    .selectAll("s")
    .select("r.name as region_name")
    .where("s.person_id", "=", personId)
    .$if(reportScheduleId !== undefined, (query) =>
      query.where("s.report_schedule_id", "=", reportScheduleId!),
    )
    .orderBy("s.name")
    .orderBy("s.report_schedule_id")
    .execute();
}

export async function insertSchedule(db: Db, row: Insertable<ReportSchedulesTable>): Promise<void> {
  await db.insertInto("report_schedules").values(row).execute();
}

type Changed = Pick<
  Insertable<ReportSchedulesTable>,
  "name" | "region_code" | "question" | "language" | "day_of_month" | "recipient_ids" | "due_at"
>;

export async function updateSchedule(db: Db, reportScheduleId: string, row: Changed): Promise<void> {
  await db
    .updateTable("report_schedules")
    .set({ ...row, last_problem: null })
    .where("report_schedule_id", "=", reportScheduleId)
    .execute();
}

export async function deleteSchedule(db: Db, reportScheduleId: string): Promise<void> {
  await db.deleteFrom("report_schedules").where("report_schedule_id", "=", reportScheduleId).execute();
}

/** Takes one that is due, for so long; undefined: none is, or others are at them. */
export async function takeDueSchedule(db: Db, now: Date, until: Date): Promise<ScheduleRow | undefined> {
  return await db
    .updateTable("report_schedules")
    .set({ taken_until: until })
    .where("report_schedule_id", "=", (query) =>
      query
        .selectFrom("report_schedules")
        .select("report_schedule_id")
        .where("due_at", "<=", now)
        .where((or) => or.or([or("taken_until", "is", null), or("taken_until", "<=", now)]))
        .orderBy("due_at")
        .orderBy("report_schedule_id")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Goes on to the next month. False: somebody has changed, ended or finished it meanwhile. */
export async function advanceSchedule(
  db: Db,
  { report_schedule_id, due_at }: Pick<ScheduleRow, "report_schedule_id" | "due_at">,
  nextDueAt: Date,
  lastProblem: ScheduleRow["last_problem"],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("report_schedules")
    .set({ due_at: nextDueAt, taken_until: null, last_problem: lastProblem })
    .where("report_schedule_id", "=", report_schedule_id)
    .where("due_at", "=", due_at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function setDue(db: Db, reportScheduleId: string, dueAt: Date): Promise<void> {
  await db
    .updateTable("report_schedules")
    .set({ due_at: dueAt })
    .where("report_schedule_id", "=", reportScheduleId)
    .execute();
}

/** @param month its first day */
export async function hasReport(db: Db, reportScheduleId: string, month: string): Promise<boolean> {
  const found = await db
    .selectFrom("statistics_reports")
    .select("statistics_report_id")
    .where("report_schedule_id", "=", reportScheduleId)
    .where(sql<boolean>`month = ${month}::text::date`)
    .executeTakeFirst();
  return found !== undefined;
}

export async function insertReport(
  db: Db,
  row: Insertable<StatisticsReportsTable>,
  files: readonly Insertable<StatisticsReportFilesTable>[],
): Promise<void> {
  await db.insertInto("statistics_reports").values(row).execute();
  await db
    .insertInto("statistics_report_files")
    .values([...files])
    .execute();
}

export interface ReportRow extends Omit<Selectable<StatisticsReportsTable>, "month"> {
  /** `2026-02`. */
  month: string;
  region_name: string | null;
  files: { format: ReportFormat; size_bytes: number; blob_id: string }[];
}

/** Those made for a person, the newest first. */
export async function selectReports(
  db: Db,
  personId: PersonId,
  { limit, offset, id }: { limit: number; offset: number; id?: string },
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.statistics_report_id, r.report_schedule_id, r.person_id, r.name, r.region_code, r.language, r.needs,
           r.reader_ids, r.made_at, to_char(r.month, 'YYYY-MM') as month, g.name as region_name,
           (select jsonb_agg(jsonb_build_object('format', f.format, 'size_bytes', f.size_bytes, 'blob_id', f.blob_id)
                             order by f.format)
            from statistics_report_files f where f.statistics_report_id = r.statistics_report_id) as files
    from statistics_reports r left join regions g using (region_code)
    where r.reader_ids @> array[${personId}::uuid]
      ${id === undefined ? sql`` : sql`and r.statistics_report_id = ${id}::uuid`}
    order by r.made_at desc, r.statistics_report_id desc
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function selectFile(db: Db, reportId: string, format: ReportFormat) {
  return await db
    .selectFrom("statistics_report_files")
    .select(["blob_id", "key_ciphertext"])
    .where("statistics_report_id", "=", reportId)
    .where("format", "=", format)
    .executeTakeFirst();
}

/** Forgets reports made before a time. @returns the blobs that nothing names any more */
export async function deleteReportsBefore(db: Db, before: Date): Promise<string[]> {
  const { rows } = await sql<{ blob_id: string }>`
    with gone as (delete from statistics_reports where made_at < ${before} returning statistics_report_id)
    select f.blob_id from statistics_report_files f join gone using (statistics_report_id)`.execute(db);
  return rows.map(({ blob_id }) => blob_id);
}

/** Active staff with a role that may reach a region: their department's rights are not looked at here. */
export async function selectStaffOver(db: Db, region: RegionCode | null, roles: readonly string[]) {
  const over =
    region === null
      ? sql<boolean>`g.role = 'operator' and g.region_code is null`
      : sql<boolean>`(${region}::text like g.region_code || '%' or (g.role = 'operator' and g.region_code is null))`;
  return await db
    .selectFrom("persons as p")
    .select(["p.person_id", "p.name_ciphertext"])
    .where("p.is_active", "=", true)
    .where((where) =>
      where.exists(
        where
          .selectFrom("role_grants as g")
          .select("g.person_id")
          .whereRef("g.person_id", "=", "p.person_id")
          .where("g.role", "in", [...roles])
          .where("g.enterprise_id", "is", null)
          .where(over),
      ),
    )
    .orderBy("p.person_id")
    .limit(300)
    .execute();
}

export async function selectNames(db: Db, personIds: readonly string[]) {
  if (personIds.length === 0) return [];
  return await db
    .selectFrom("persons")
    .select(["person_id", "name_ciphertext"])
    .where("person_id", "in", personIds as PersonId[])
    .orderBy("person_id")
    .execute();
}
