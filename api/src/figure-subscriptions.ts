import { z } from "zod";
import { industryName } from "./industries.ts";
import { bilingual } from "./language.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import { statisticsMeasure } from "./statistics.ts";

/**
 * above: the figure of today so far is more than the threshold; below: that of yesterday is less; changed: that of the last
 * seven whole days differs from the seven before by so many percent, of shares by so many points.
 */
export const figureCondition = z.enum(["above", "below", "changed"]);
export type FigureCondition = z.infer<typeof figureCondition>;

const fields = z.object({
  measure: statisticsMeasure,
  /** Absent: the caller's own region; of the whole platform for who reaches all of it. */
  region: regionCode.optional(),
  /** A division of GB/T 4754 with its section: `C33`. */
  industry: z
    .string()
    .refine((code) => /^[A-T]\d{2}$/.test(code) && industryName(code) !== undefined, {
      error: bilingual("请选择行业大类，如 C33", "Choose a division of industry, such as C33"),
    })
    .optional(),
  condition: figureCondition,
  threshold: z
    .number()
    .positive({ error: bilingual("请填写大于 0 的数", "Write a number above 0") })
    .max(1e9, { error: bilingual("数值过大", "That is too large") }),
});
export type FigureSubscriptionFields = z.infer<typeof fields>;

/** A figure that somebody is told of when it changes. */
export const figureSubscription = z
  .object({
    figureSubscriptionId: z.uuid(),
    measure: statisticsMeasure,
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    industry: z.string().nullable(),
    condition: figureCondition,
    threshold: z.number(),
    /** What was compared with the threshold at the last look; null: none yet, no data, or too few people to be told of. */
    lastValue: z.number().nullable(),
    lookedAt: z.iso.datetime().nullable(),
    /** Told of, and not back within the threshold since. */
    isBeyond: z.boolean(),
    /** The day of Asia/Shanghai on which it was told last. */
    toldOn: z.iso.date().nullable(),
  })
  .meta({ id: "FigureSubscription" });
export type FigureSubscription = z.infer<typeof figureSubscription>;

const tag = "desk";

export const figureSubscriptionRoutes = {
  listFigureSubscriptions: defineRoute({
    method: "GET",
    path: "/api/figure-subscriptions",
    tag,
    summary: "Figures that the caller is told of when they change",
    answers: { 200: z.object({ items: z.array(figureSubscription) }) },
    refusals: [401, 403],
  }),
  subscribeToFigure: defineRoute({
    method: "POST",
    path: "/api/figure-subscriptions",
    tag,
    summary: "The caller is told when a figure goes beyond a threshold, once a day at most",
    body: fields,
    answers: { 201: figureSubscription },
    refusals: [401, 403, 409],
  }),
  endFigureSubscription: defineRoute({
    method: "DELETE",
    path: "/api/figure-subscriptions/:figureSubscriptionId",
    tag,
    summary: "Ends a subscription of one's own",
    params: z.object({ figureSubscriptionId: z.uuid() }),
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401, 403, 404],
  }),
} satisfies Record<string, Route>;
