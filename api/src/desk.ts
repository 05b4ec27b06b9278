import { z } from "zod";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What waits for the staff of a region, in the order in which it is shown. */
export const deskTodoKind = z.enum([
  "alarms-unacknowledged",
  "alarms-mine",
  "alarms-overdue",
  "station-calls",
  "scene-reviews",
  "certificate-reviews",
  "permits-submitted",
  "rectifications-answered",
  "rectifications-overdue",
  "certificates-expiring",
  "appeals",
]);
export type DeskTodoKind = z.infer<typeof deskTodoKind>;

/** A few figures of a region, to be compared with its neighbours; null: not the caller's to see. */
export const deskRegion = z
  .object({
    code: regionCode,
    name: z.string(),
    openAlarms: z.int(),
    openDangers: z.int(),
    unacknowledged: z.int(),
    working: z.int().nullable(),
    overdueRectifications: z.int(),
  })
  .meta({ id: "DeskRegion" });
export type DeskRegion = z.infer<typeof deskRegion>;

export const desk = z
  .object({
    /** When it was counted. */
    asOf: z.iso.datetime(),
    /** Each as many as its list shows; what the caller's department may not see is left out. */
    todo: z.array(z.object({ kind: deskTodoKind, count: z.int() })),
    /** The caller's region, or the one that was asked for; null: several, or the whole platform. */
    region: z.object({ code: regionCode, name: z.string() }).nullable(),
    /** The regions next below it, or itself where there are none. */
    regions: z.array(deskRegion),
  })
  .meta({ id: "Desk" });
export type Desk = z.infer<typeof desk>;

export const deskRoutes = {
  getDesk: defineRoute({
    method: "GET",
    path: "/api/desk",
    tag: "desk",
    summary: "What waits for the caller today, and the regions below the caller's side by side",
    query: z.object({ region: regionCode.optional() }),
    answers: { 200: desk },
    refusals: [401, 403],
  }),
};
