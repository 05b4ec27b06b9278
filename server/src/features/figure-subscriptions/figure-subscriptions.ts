import { bilingual, type FigureSubscription, type FigureSubscriptionFields } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { type Person, personOfId } from "../sign-in/sign-in.ts";
import {
  dimensionsOf,
  measures,
  measuresSeenIn,
  namesOfRegions,
  requireCountedRegion,
} from "../statistics/statistics.ts";
import { tell } from "../telling/telling.ts";
import { type FoundFigure, lookAtFigure } from "./look-at-figure.ts";
import {
  deleteSubscription,
  insertSubscription,
  keepLook,
  type SubscriptionRow,
  selectDueSubscriptions,
  selectSubscriptions,
} from "./queries.ts";
import { stepFigure } from "./step-figure.ts";

/** Of one person at most. */
const MOST = 50;
/** A figure is looked at this often. */
export const LOOK_EVERY_MS = 5 * 60_000;
const AT_ONCE = 100;

export async function listFigures(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
): Promise<FigureSubscription[]> {
  const rows = await selectSubscriptions(ctx.db, personId);
  return rows.map((row) => ({
    figureSubscriptionId: row.figure_subscription_id,
    measure: row.measure,
    region: row.region_code,
    regionName: row.region_name,
    industry: row.industry,
    condition: row.condition,
    threshold: row.threshold,
    lastValue: row.last_value,
    lookedAt: row.looked_at?.toISOString() ?? null,
    isBeyond: row.is_beyond,
    toldOn: row.told_on,
  }));
}

/** @throws AppError request.invalid, region.out_of_scope, department.forbidden, figure_subscription.too_many */
export async function subscribe(
  ctx: Pick<AppContext, "db" | "clock" | "newId">,
  person: Person,
  { measure, region, industry, condition, threshold }: FigureSubscriptionFields,
): Promise<FigureSubscription> {
  const region_code = requireCountedRegion(person, region);
  if (!measuresSeenIn(person, region_code).includes(measure)) {
    throw new AppError("department.forbidden", { details: { needs: "counts" } });
  }
  if (industry !== undefined && !dimensionsOf(measure).includes("industry")) {
    const message = bilingual("这个指标不能按行业细分", "This measure does not know industries");
    throw new AppError("request.invalid", { fields: [{ path: "body.industry", message }] });
  }
  if ((await selectSubscriptions(ctx.db, person.personId)).length >= MOST) {
    throw new AppError("figure_subscription.too_many", { details: { most: MOST } });
  }
  const now = new Date(ctx.clock.nowMs());
  const figure_subscription_id = ctx.newId();
  await insertSubscription(ctx.db, {
    figure_subscription_id,
    person_id: person.personId,
    measure,
    region_code,
    industry: industry ?? null,
    condition,
    threshold,
    next_look_at: now,
    created_at: now,
  });
  const all = await listFigures(ctx, person.personId);
  return all.find(({ figureSubscriptionId }) => figureSubscriptionId === figure_subscription_id)!;
}

/** @throws AppError figure_subscription.not_found */
export async function endSubscription(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
  id: string,
): Promise<void> {
  if (!(await deleteSubscription(ctx.db, personId, id))) throw new AppError("figure_subscription.not_found");
}

/** Looks at the figures that are due, and tells whose have gone beyond their threshold. */
export async function followFigures(
  ctx: Pick<AppContext, "db" | "clock" | "config" | "newId">,
): Promise<void> {
  const due = await selectDueSubscriptions(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  for (const row of due) await followFigure(ctx, row);
}

async function followFigure(
  ctx: Pick<AppContext, "db" | "clock" | "config" | "newId">,
  row: SubscriptionRow,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  const person = await personOfId(ctx, row.person_id);
  // Whoever does not see the figure any more is not told of it.
  const isSeen = person !== undefined && measuresSeenIn(person, row.region_code).includes(row.measure);
  const found = isSeen ? await lookAtFigure(ctx, row) : undefined;
  const state = { isBeyond: row.is_beyond, toldOn: row.told_on };
  const { isBeyond, toldOn, isTold } = stepFigure(row, state, found?.value ?? null, today);
  const place = await placeOf(ctx, row.region_code);
  await ctx.db.transaction().execute(async (tx) => {
    const isKept = await keepLook(tx, row, {
      is_beyond: isBeyond,
      told_on: toldOn,
      last_value: found?.value ?? null,
      looked_at: new Date(nowMs),
      next_look_at: new Date(nowMs + LOOK_EVERY_MS),
    });
    if (!isKept || !isTold || !found) return;
    await tell(ctx, tx, {
      personIds: [row.person_id],
      topic: "report",
      severity: row.condition === "changed" ? "notice" : "warning",
      subject: { kind: "figure-subscription", id: row.figure_subscription_id },
      template: `figure-${row.condition}`,
      words: wordsOf(row, found, place),
      onceKey: `figure:${row.figure_subscription_id}:${today}`,
    });
  });
}

function wordsOf(row: SubscriptionRow, found: FoundFigure, place: string) {
  const { digits, unit } = measures[row.measure];
  const written = (value: number | null, places = digits) =>
    value === null ? "–" : value.toLocaleString("en-US", { maximumFractionDigits: places });
  const sign = (found.value ?? 0) > 0 ? "+" : "";
  return {
    measure: row.measure,
    place,
    industry: row.industry ?? "all",
    threshold: written(row.threshold, 2),
    value: written(found.now),
    before: written(found.before),
    change: `${sign}${written(found.value, 1)}${unit === "percent" ? " pp" : "%"}`,
    day: found.period.to,
  };
}

async function placeOf(ctx: Pick<AppContext, "db">, region: RegionCode | null): Promise<string> {
  if (region === null) return "全平台 / whole platform";
  return (await namesOfRegions(ctx, [region])).get(region) ?? region;
}
