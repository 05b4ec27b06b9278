import { z } from "zod";
import { bilingual, language } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import { statisticsQuestion } from "./statistics.ts";

export const reportFormat = z.enum(["pdf", "xlsx"]);
export type ReportFormat = z.infer<typeof reportFormat>;

/** A calendar month of Asia/Shanghai. */
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const place = { region: regionCode.nullable(), regionName: z.string().nullable() };
const reader = z.object({ personId: z.uuid(), name: z.string() });

const scheduleFields = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: bilingual("请填写名称", "Give it a name") })
    .max(60, { error: bilingual("名称最多 60 个字", "A name has 60 characters at most") }),
  /** Absent: the caller's own region; of the whole platform for who reaches all of it. */
  region: regionCode.optional(),
  /** What is asked of each month, whatever its own days; absent: the standard measures. */
  question: statisticsQuestion.optional(),
  language,
  /** The day of the month, in Asia/Shanghai, on which that of the month before is made. */
  dayOfMonth: z
    .int()
    .min(1, { error: bilingual("请选择 1 至 28 日", "Choose a day from 1 to 28") })
    .max(28, { error: bilingual("请选择 1 至 28 日", "Choose a day from 1 to 28") }),
  /** Colleagues who get it beside the caller. */
  recipientIds: z.array(z.uuid()).max(50).default([]),
});
export type ReportScheduleFields = z.infer<typeof scheduleFields>;

/** A monthly report that somebody wants. */
export const reportSchedule = z
  .object({
    reportScheduleId: z.uuid(),
    name: z.string(),
    ...place,
    question: statisticsQuestion.nullable(),
    language,
    dayOfMonth: z.int(),
    /** Names masked. */
    recipients: z.array(reader),
    dueAt: z.iso.datetime(),
    /** no-sight: whoever wants it does not see the region's counts any more. */
    lastProblem: z.enum(["no-sight"]).nullable(),
  })
  .meta({ id: "ReportSchedule" });
export type ReportSchedule = z.infer<typeof reportSchedule>;

/** A report that was made; read by whom it was made for, as far as he sees its region's counts now. */
export const statisticsReport = z
  .object({
    statisticsReportId: z.uuid(),
    name: z.string(),
    ...place,
    month,
    language,
    madeAt: z.iso.datetime(),
    /** When it is forgotten. */
    keptUntil: z.iso.datetime(),
    files: z.array(z.object({ format: reportFormat, sizeBytes: z.int() })),
  })
  .meta({ id: "StatisticsReport" });
export type StatisticsReport = z.infer<typeof statisticsReport>;

const tag = "statistics";
const scheduleParams = z.object({ reportScheduleId: z.uuid() });
const noContent = { 204: z.null().meta({ description: "No content" }) };

export const statisticsReportRoutes = {
  listReportSchedules: defineRoute({
    method: "GET",
    path: "/api/statistics/report-schedules",
    tag,
    summary: "Monthly reports that the caller has set up",
    answers: { 200: z.object({ items: z.array(reportSchedule) }) },
    refusals: [401, 403],
  }),
  createReportSchedule: defineRoute({
    method: "POST",
    path: "/api/statistics/report-schedules",
    tag,
    summary: "Sets up a monthly report",
    body: scheduleFields,
    answers: { 201: reportSchedule },
    refusals: [401, 403],
  }),
  changeReportSchedule: defineRoute({
    method: "PUT",
    path: "/api/statistics/report-schedules/:reportScheduleId",
    tag,
    summary: "Changes a monthly report of one's own",
    params: scheduleParams,
    body: scheduleFields,
    answers: { 200: reportSchedule },
    refusals: [401, 403, 404],
  }),
  deleteReportSchedule: defineRoute({
    method: "DELETE",
    path: "/api/statistics/report-schedules/:reportScheduleId",
    tag,
    summary: "Ends a monthly report of one's own; those that were made stay",
    params: scheduleParams,
    answers: noContent,
    refusals: [401, 403, 404],
  }),
  makeReportNow: defineRoute({
    method: "POST",
    path: "/api/statistics/report-schedules/:reportScheduleId/now",
    tag,
    summary: "That of the last month is made within a minute, and the next one in its turn",
    params: scheduleParams,
    answers: noContent,
    refusals: [401, 403, 404, 409],
  }),
  listReportReaders: defineRoute({
    method: "GET",
    path: "/api/statistics/report-readers",
    tag,
    summary: "Colleagues whose reach holds the region's counts, names masked",
    query: z.object({ region: regionCode.optional() }),
    answers: { 200: z.object({ people: z.array(reader) }) },
    refusals: [401, 403],
  }),
  listStatisticsReports: defineRoute({
    method: "GET",
    path: "/api/statistics/reports",
    tag,
    summary: "Reports made for the caller, the newest first",
    query: z.object(pageQuery),
    answers: { 200: pageOf(statisticsReport) },
    refusals: [401, 403],
  }),
  getStatisticsReportFile: defineRoute({
    method: "GET",
    path: "/api/statistics/reports/:statisticsReportId/file",
    tag,
    summary: "A report as a file; audited",
    params: z.object({ statisticsReportId: z.uuid() }),
    query: z.object({ format: reportFormat.default("pdf") }),
    answers: { 200: z.string().meta({ description: "PDF or xlsx, as an attachment" }) },
    refusals: [401, 403, 404],
  }),
} satisfies Record<string, Route>;
