import type { StatisticsQuestion, StatisticsView } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import { checkQuestion } from "./check-question.ts";

interface Wish {
  name: string;
  question: StatisticsQuestion;
  isShared: boolean;
}
type Row = Awaited<ReturnType<typeof selectViews>>[number];

/** One's own, and those of people whose region holds one of the caller's. A view is a question: each gets his own answer. */
export async function listViews(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
  scope: Scope,
): Promise<StatisticsView[]> {
  const above = scope.regions.map((region) => sql<boolean>`${region}::text like v.region_code || '%'`);
  const shared = scope.everywhere
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join([sql`v.region_code is null`, ...above], sql` or `)})`;
  const rows = await selectViews(
    ctx.db,
    sql<boolean>`(v.person_id = ${personId}::uuid or (v.is_shared and ${shared}))`,
  );
  return rows.map((row) => viewOf(row, personId));
}

/** @throws AppError request.invalid, statistics_view.name_taken */
export async function keepView(
  ctx: Pick<AppContext, "db" | "clock" | "newId">,
  personId: PersonId,
  scope: Scope,
  { name, question, isShared }: Wish,
): Promise<StatisticsView> {
  checkQuestion(question);
  const at = new Date(ctx.clock.nowMs());
  const row = {
    statistics_view_id: ctx.newId(),
    person_id: personId,
    name,
    is_shared: isShared,
    changed_at: at,
  };
  await refuseTaken(async () => {
    await ctx.db
      .insertInto("statistics_views")
      .values({ ...row, question: JSON.stringify(question), region_code: homeOf(scope), created_at: at })
      .execute();
  });
  return viewOf({ ...row, question }, personId);
}

/** @throws AppError request.invalid, statistics_view.not_found, statistics_view.name_taken */
export async function changeView(
  ctx: Pick<AppContext, "db" | "clock">,
  personId: PersonId,
  viewId: string,
  { name, question, isShared }: Wish,
): Promise<StatisticsView> {
  checkQuestion(question);
  const changed_at = new Date(ctx.clock.nowMs());
  const changed = await refuseTaken(() =>
    ctx.db
      .updateTable("statistics_views")
      .set({ name, question: JSON.stringify(question), is_shared: isShared, changed_at })
      .where("statistics_view_id", "=", viewId)
      .where("person_id", "=", personId)
      .executeTakeFirst(),
  );
  if (changed.numUpdatedRows === 0n) throw new AppError("statistics_view.not_found");
  const row = {
    statistics_view_id: viewId,
    person_id: personId,
    name,
    question,
    is_shared: isShared,
    changed_at,
  };
  return viewOf(row, personId);
}

/** @throws AppError statistics_view.not_found */
export async function deleteView(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
  viewId: string,
): Promise<void> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom("statistics_views")
    .where("statistics_view_id", "=", viewId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError("statistics_view.not_found");
}

/** The region that a shared view is for: the author's, the widest where he has several; null: the whole platform. */
function homeOf(scope: Scope): RegionCode | null {
  if (scope.everywhere) return null;
  return [...scope.regions].sort((one, other) => one.length - other.length)[0] ?? null;
}

async function selectViews(db: Kysely<Tables>, condition: ReturnType<typeof sql<boolean>>) {
  return await db
    .selectFrom("statistics_views as v")
    .select(["v.statistics_view_id", "v.person_id", "v.name", "v.question", "v.is_shared", "v.changed_at"])
    .where(condition)
    .orderBy("v.name")
    .orderBy("v.statistics_view_id")
    .limit(500)
    .execute();
}

async function refuseTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "statistics_views_name")) throw new AppError("statistics_view.name_taken");
    throw error;
  }
}

function viewOf(row: Row, personId: PersonId): StatisticsView {
  return {
    statisticsViewId: row.statistics_view_id,
    name: row.name,
    question: row.question,
    isShared: row.is_shared,
    isOwn: row.person_id === personId,
    changedAt: row.changed_at.toISOString(),
  };
}
