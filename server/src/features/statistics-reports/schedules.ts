import {
  bilingual,
  type ReportSchedule,
  type ReportScheduleFields,
  type StatisticsQuestion,
} from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { type Person, requireScope, scopeOf } from "../sign-in/sign-in.ts";
import {
  checkQuestion,
  measuresSeenIn,
  requireCountedRegion,
  STATISTICS_ROLES,
} from "../statistics/statistics.ts";
import { firstDueMs, firstOfMonth, monthBefore } from "./due.ts";
import {
  deleteSchedule,
  hasReport,
  insertSchedule,
  selectNames,
  selectSchedules,
  setDue,
  updateSchedule,
} from "./queries.ts";
import { readersOver } from "./readers.ts";

type Context = Pick<AppContext, "db" | "clock" | "newId" | "personalData">;

export async function listSchedules(ctx: Context, personId: PersonId): Promise<ReportSchedule[]> {
  const rows = await selectSchedules(ctx.db, personId);
  const names = new Map(
    (await selectNames(ctx.db, [...new Set(rows.flatMap(({ recipient_ids }) => recipient_ids))])).map(
      ({ person_id, name_ciphertext }) => [
        person_id as string,
        maskName(ctx.personalData.open("name", name_ciphertext)),
      ],
    ),
  );
  return rows.map((row) => ({
    reportScheduleId: row.report_schedule_id,
    name: row.name,
    region: row.region_code,
    regionName: row.region_name,
    question: row.question,
    language: row.language,
    dayOfMonth: row.day_of_month,
    recipients: row.recipient_ids.map((personId) => ({ personId, name: names.get(personId) ?? "" })),
    dueAt: row.due_at.toISOString(),
    lastProblem: row.last_problem,
  }));
}

/** @throws AppError request.invalid, region.out_of_scope, department.forbidden */
export async function createSchedule(
  ctx: Context,
  person: Person,
  fields: ReportScheduleFields,
): Promise<ReportSchedule> {
  const report_schedule_id = ctx.newId();
  await insertSchedule(ctx.db, {
    report_schedule_id,
    person_id: person.personId,
    created_at: new Date(ctx.clock.nowMs()),
    ...(await wishOf(ctx, person, fields)),
  });
  return await oneOf(ctx, person.personId, report_schedule_id);
}

/** @throws AppError report_schedule.not_found, request.invalid, region.out_of_scope, department.forbidden */
export async function changeSchedule(
  ctx: Context,
  person: Person,
  reportScheduleId: string,
  fields: ReportScheduleFields,
): Promise<ReportSchedule> {
  await requireOwn(ctx, person.personId, reportScheduleId);
  await updateSchedule(ctx.db, reportScheduleId, await wishOf(ctx, person, fields));
  return await oneOf(ctx, person.personId, reportScheduleId);
}

/** @throws AppError report_schedule.not_found */
export async function endSchedule(ctx: Context, personId: PersonId, reportScheduleId: string): Promise<void> {
  await requireOwn(ctx, personId, reportScheduleId);
  await deleteSchedule(ctx.db, reportScheduleId);
}

/** The sweep makes the last month's next. @throws AppError report_schedule.not_found, report_schedule.made_already */
export async function makeNow(ctx: Context, personId: PersonId, reportScheduleId: string): Promise<void> {
  await requireOwn(ctx, personId, reportScheduleId);
  const nowMs = ctx.clock.nowMs();
  if (await hasReport(ctx.db, reportScheduleId, firstOfMonth(monthBefore(nowMs)))) {
    throw new AppError("report_schedule.made_already");
  }
  await setDue(ctx.db, reportScheduleId, new Date(nowMs));
}

async function wishOf(ctx: Context, person: Person, fields: ReportScheduleFields) {
  const region_code = requireCountedRegion(person, fields.region);
  const question = fields.question === undefined ? null : ofAnyMonth(fields.question);
  if (question?.region !== undefined) {
    requireScope({ ...scopeOf(person, ...STATISTICS_ROLES), enterprises: [] }, question.region);
  }
  const recipients = new Set(fields.recipientIds.filter((id) => id !== person.personId));
  if (recipients.size > 0) {
    const known = new Set(
      (await readersOver(ctx, region_code, questionMeasures(person, region_code, question))).map(
        ({ personId }) => personId as string,
      ),
    );
    if (![...recipients].every((id) => known.has(id))) {
      throw invalid(
        "recipientIds",
        "只能选择可见该区域统计的同事",
        "Choose colleagues who see the region's counts",
      );
    }
  }
  return {
    name: fields.name,
    region_code,
    question: question && JSON.stringify(question),
    language: fields.language,
    day_of_month: fields.dayOfMonth,
    recipient_ids: [...recipients],
    due_at: new Date(firstDueMs(ctx.clock.nowMs(), fields.dayOfMonth)),
  };
}

/** What is to be counted: of what was asked for, or of everything, as much as the person sees. */
export function questionMeasures(
  person: Pick<Person, "roles" | "departments">,
  region: RegionCode | null,
  question: Pick<StatisticsQuestion, "measures"> | null,
) {
  const seen = measuresSeenIn(person, region);
  return question ? seen.filter((key) => question.measures.includes(key)) : seen;
}

/** A question without its own days, if a month can answer it. @throws AppError request.invalid */
function ofAnyMonth(question: StatisticsQuestion): StatisticsQuestion {
  const month = { from: "2026-01-01", to: "2026-01-31" };
  try {
    checkQuestion({ ...question, ...month });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw invalid(
      "question",
      "这个视图不能用于月报，请换一个",
      "No month can be asked like this: choose another view",
    );
  }
  return { ...question, ...month, isCompared: false };
}

async function requireOwn(ctx: Pick<AppContext, "db">, personId: PersonId, id: string): Promise<void> {
  if ((await selectSchedules(ctx.db, personId, id)).length === 0) {
    throw new AppError("report_schedule.not_found");
  }
}

async function oneOf(ctx: Context, personId: PersonId, id: string): Promise<ReportSchedule> {
  const all = await listSchedules(ctx, personId);
  return all.find(({ reportScheduleId }) => reportScheduleId === id)!;
}

function invalid(field: string, zh: string, en: string): AppError {
  return new AppError("request.invalid", {
    fields: [{ path: `body.${field}`, message: bilingual(zh, en) }],
  });
}
