import { z } from "zod";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const regionOrderKind = z.enum(["stop", "lock"]);
export const regionOrderStatus = z.enum([
  "asked",
  "refused",
  "withdrawn",
  "lapsed",
  "in-force",
  "done",
  "lifted",
]);
export const regionOrderAct = z.enum([
  "confirm",
  "refuse",
  "withdraw",
  "ask-lift",
  "confirm-lift",
  "refuse-lift",
]);

const by = z.object({ name: z.string(), at: z.iso.datetime() });

/**
 * A stop ends the work that goes on when it comes into force, as a remote stop of each machine does; a lock keeps every
 * machine of its region locked, also one that comes later, until it is lifted. Both, and the lifting, take two people.
 */
export const regionOrder = z
  .object({
    regionOrderId: z.uuid(),
    kind: regionOrderKind,
    status: regionOrderStatus,
    region: regionCode,
    regionName: z.string(),
    enterpriseId: z.uuid().nullable(),
    enterpriseName: z.string().nullable(),
    reason: z.string(),
    /** Names are masked. */
    asked: by,
    /** Until then somebody else must have confirmed it. */
    confirmBy: z.iso.datetime(),
    answered: by.nullable(),
    refusal: z.string().nullable(),
    lifting: z.object({ ...by.shape, reason: z.string(), confirmBy: z.iso.datetime() }).nullable(),
    lifted: by.nullable(),
    /** Machines that it has reached; how many did as told; how many cannot be reached now and will be told later. */
    machines: z.object({ all: z.int(), obeyed: z.int(), away: z.int() }),
    /** What the caller may do now. */
    mayDo: z.array(regionOrderAct),
  })
  .meta({ id: "RegionOrder" });
export type RegionOrder = z.infer<typeof regionOrder>;
export type RegionOrderAct = z.infer<typeof regionOrderAct>;

export const regionOrderMachine = z
  .object({
    machineId: z.uuid(),
    name: z.string(),
    enterpriseName: z.string(),
    regionName: z.string(),
    /** away: without a chip, or not heard of late. */
    state: z.enum(["obeyed", "told", "away"]),
  })
  .meta({ id: "RegionOrderMachine" });
export type RegionOrderMachine = z.infer<typeof regionOrderMachine>;

const reach = {
  region: regionCode,
  /** Only this firm's machines there. */
  enterpriseId: z.uuid().nullable().default(null),
};
const params = z.object({ regionOrderId: z.uuid() });
const tag = "region orders";
const acted = { tag, params, answers: { 200: regionOrder }, refusals: [401, 403, 404, 409] } as const;

export const regionOrderRoutes = {
  listRegionOrders: defineRoute({
    method: "GET",
    path: "/api/region-orders",
    tag,
    summary: "Orders within the caller's regions and those that hold for them, the latest first",
    query: z.object({ ...pageQuery, status: regionOrderStatus.optional(), kind: regionOrderKind.optional() }),
    answers: { 200: pageOf(regionOrder) },
    refusals: [401, 403],
  }),
  getRegionOrder: defineRoute({
    method: "GET",
    path: "/api/region-orders/:regionOrderId",
    tag,
    summary: "One order with how far it is carried out",
    params,
    answers: { 200: regionOrder },
    refusals: [401, 403, 404],
  }),
  listRegionOrderMachines: defineRoute({
    method: "GET",
    path: "/api/region-orders/:regionOrderId/machines",
    tag,
    summary: "The machines that an order has reached, those that have not obeyed first",
    params,
    query: z.object(pageQuery),
    answers: { 200: pageOf(regionOrderMachine) },
    refusals: [401, 403, 404],
  }),
  countRegionOrderReach: defineRoute({
    method: "GET",
    path: "/api/region-order-reach",
    tag,
    summary: "How many machines an order would reach now, and how many of them work",
    query: z.object({ region: regionCode, enterpriseId: z.uuid().optional() }),
    answers: { 200: z.object({ machines: z.int(), working: z.int() }) },
    refusals: [401, 403],
  }),
  askRegionOrder: defineRoute({
    method: "POST",
    path: "/api/region-orders",
    tag,
    summary:
      "Asks for a stop or a lock of a region's machines: nothing happens until somebody else confirms it",
    body: reasonBody.extend({
      kind: z.enum(regionOrderKind.options, { error: bilingual("请选择停机或锁定", "Choose stop or lock") }),
      ...reach,
    }),
    answers: { 201: regionOrder },
    refusals: [401, 403, 404, 409],
  }),
  confirmRegionOrder: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/confirmation",
    summary: "A second person puts it in force",
    ...acted,
  }),
  refuseRegionOrder: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/refusal",
    summary: "A second person refuses it",
    body: reasonBody,
    ...acted,
  }),
  withdrawRegionOrder: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/withdrawal",
    summary: "Who asked for it takes it back",
    body: reasonBody,
    ...acted,
  }),
  askLift: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/lifting",
    summary: "Asks to lift a lock in force",
    body: reasonBody,
    ...acted,
  }),
  confirmLift: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/lifting/confirmation",
    summary: "A second person lifts the lock: machines that nothing else locks are unlocked",
    ...acted,
  }),
  refuseLift: defineRoute({
    method: "POST",
    path: "/api/region-orders/:regionOrderId/lifting/refusal",
    summary: "A second person, or who asked, keeps the lock",
    body: reasonBody,
    ...acted,
  }),
};
