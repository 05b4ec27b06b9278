import type { ReportFormat, StatisticsMeasure, StatisticsReport } from "@hanyouxu/api";
import { statisticsMeasures } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { writeWorkbook } from "../../sheets/sheets.ts";
import { deletePhotoFiles, openSealedPicture, withAllSealed } from "../photos/photos.ts";
import { type Person, personOfId } from "../sign-in/sign-in.ts";
import { measuresSeenIn, seesCountsIn } from "../statistics/statistics.ts";
import { tell } from "../telling/telling.ts";
import { firstOfMonth, monthBefore, nextDueMs } from "./due.ts";
import { makeReport } from "./make-report.ts";
import {
  advanceSchedule,
  deleteReportsBefore,
  hasReport,
  insertReport,
  type ReportRow,
  type ScheduleRow,
  selectFile,
  selectReports,
  takeDueSchedule,
} from "./queries.ts";
import { needsOf, whoSees } from "./readers.ts";
import { reportPdf } from "./report-pdf.ts";
import { reportSheets } from "./report-sheets.ts";

type MakeContext = Pick<
  AppContext,
  "db" | "clock" | "config" | "newId" | "random" | "blobs" | "personalData" | "log" | "audit"
>;

/** A report takes seconds; whoever is at one for so long has ended. */
const TAKEN_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Makes the reports that are due, one by one. A server that ends meanwhile leaves its one to the next, which tells once. */
export async function makeDueReports(ctx: MakeContext): Promise<void> {
  for (;;) {
    const nowMs = ctx.clock.nowMs();
    const schedule = await takeDueSchedule(ctx.db, new Date(nowMs), new Date(nowMs + TAKEN_MS));
    if (!schedule) return;
    await makeOne(ctx, schedule);
  }
}

async function makeOne(ctx: MakeContext, schedule: ScheduleRow): Promise<void> {
  const { person_id, region_code, question } = schedule;
  const dueMs = schedule.due_at.getTime();
  const nextDueAt = new Date(nextDueMs(dueMs, schedule.day_of_month));
  const owner = await personOfId(ctx, person_id);
  const seen = owner ? measuresSeenIn(owner, region_code) : [];
  const wanted: readonly StatisticsMeasure[] = question?.measures ?? statisticsMeasures;
  const told = wanted.filter((key) => seen.includes(key));
  if (told.length === 0) {
    await advanceSchedule(ctx.db, schedule, nextDueAt, "no-sight");
    return;
  }
  const month = monthBefore(dueMs);
  if (await hasReport(ctx.db, schedule.report_schedule_id, firstOfMonth(month))) {
    await advanceSchedule(ctx.db, schedule, nextDueAt, null);
    return;
  }
  const report = await makeReport(ctx, {
    name: schedule.name,
    region: region_code,
    question,
    language: schedule.language,
    month,
    seen,
    wanted,
  });
  const needs = needsOf(told);
  const readers = await whoSees(ctx, [person_id, ...schedule.recipient_ids], region_code, needs);
  const files = { pdf: await reportPdf(report), xlsx: await writeWorkbook(reportSheets(report)) };
  const formats = Object.keys(files) as ReportFormat[];
  await withAllSealed(ctx, Object.values(files), async (tx, sealed) => {
    // Somebody has ended it or another server was quicker: what was made is thrown away with this transaction.
    if (!(await advanceSchedule(tx, schedule, nextDueAt, null))) throw new Overtaken();
    const statistics_report_id = ctx.newId();
    await insertReport(
      tx,
      {
        statistics_report_id,
        report_schedule_id: schedule.report_schedule_id,
        person_id,
        name: schedule.name,
        region_code,
        month: firstOfMonth(month),
        language: schedule.language,
        needs,
        reader_ids: readers,
        made_at: new Date(ctx.clock.nowMs()),
      },
      sealed.map(({ blobId, keyCiphertext }, at) => ({
        blob_id: blobId,
        statistics_report_id,
        format: formats[at]!,
        key_ciphertext: keyCiphertext,
        size_bytes: files[formats[at]!].length,
      })),
    );
    await tell(ctx, tx, {
      personIds: readers,
      topic: "report",
      severity: "notice",
      subject: { kind: "statistics-report", id: statistics_report_id },
      template: "report-made",
      words: { name: schedule.name, place: report.facts[0]![1], month },
      onceKey: `report:${schedule.report_schedule_id}:${month}`,
    });
    await ctx.audit.record(tx, {
      actor: "system",
      action: "statistics_report.made",
      subject: `statistics-report:${statistics_report_id}`,
      details: { schedule: schedule.report_schedule_id, region: region_code, month, readers: readers.length },
    });
  }).catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error;
  });
}

/** Somebody else has been at the schedule meanwhile. */
class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** Those made for the person that he may still read. */
export async function listReports(
  ctx: Pick<AppContext, "db" | "config">,
  person: Person,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ items: StatisticsReport[]; total: number; page: number; pageSize: number }> {
  const rows = await selectReports(ctx.db, person.personId, { limit: 1_000, offset: 0 });
  const readable = rows.filter((row) => mayRead(person, row));
  return {
    items: readable.slice((page - 1) * pageSize, page * pageSize).map((row) => reportOf(ctx, row)),
    total: readable.length,
    page,
    pageSize,
  };
}

/**
 * A report's file, and the record of who took it.
 * @throws AppError statistics_report.not_found, department.forbidden
 */
export async function openReportFile(
  ctx: Pick<AppContext, "db" | "blobs" | "personalData" | "audit">,
  person: Person,
  reportId: string,
  format: ReportFormat,
): Promise<{ name: string; bytes: Uint8Array }> {
  const [row] = await selectReports(ctx.db, person.personId, { limit: 1, offset: 0, id: reportId });
  const file = row && (await selectFile(ctx.db, reportId, format));
  if (!row || !file) throw new AppError("statistics_report.not_found");
  if (!mayRead(person, row)) throw new AppError("department.forbidden", { details: { needs: "counts" } });
  const bytes = await openSealedPicture(ctx, file.blob_id, file.key_ciphertext);
  await ctx.audit.record(ctx.db, {
    actor: person.personId,
    action: "statistics_report.read",
    subject: `statistics-report:${reportId}`,
    details: { format, month: row.month, region: row.region_code },
  });
  return { name: `${row.name}-${row.month}.${format}`, bytes };
}

/** Forgets reports that were kept for as long as they are to be. */
export async function forgetReports(
  ctx: Pick<AppContext, "db" | "clock" | "config" | "blobs" | "log">,
): Promise<void> {
  const before = new Date(ctx.clock.nowMs() - ctx.config.reportKeepDays * DAY_MS);
  await deletePhotoFiles(ctx, await deleteReportsBefore(ctx.db, before));
}

function mayRead(person: Person, row: Pick<ReportRow, "needs" | "region_code">): boolean {
  return seesCountsIn(person, row.needs as Parameters<typeof seesCountsIn>[1], row.region_code);
}

function reportOf({ config }: Pick<AppContext, "config">, row: ReportRow): StatisticsReport {
  return {
    statisticsReportId: row.statistics_report_id,
    name: row.name,
    region: row.region_code,
    regionName: row.region_name,
    month: row.month,
    language: row.language,
    madeAt: row.made_at.toISOString(),
    keptUntil: new Date(row.made_at.getTime() + config.reportKeepDays * DAY_MS).toISOString(),
    files: row.files.map(({ format, size_bytes }) => ({ format, sizeBytes: size_bytes })),
  };
}
