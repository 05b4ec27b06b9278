import { z } from "zod";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** Whether something goes from site to site; undecided while too few days are known to say. */
export const movementKind = z.enum(["mobile", "fixed", "undecided"]);
export type MovementKind = z.infer<typeof movementKind>;

/** The days up to today that a classification goes by. */
export const movementWindowDays = 28;

/** What a person may say instead of the classifier. */
export const overriddenKind = z.enum(["mobile", "fixed"], {
  error: bilingual("请选择流动或固定", "Choose mobile or fixed"),
});

/** Why: figures of the latest weeks that a person can check on the map. */
const figures = {
  /** Places where it welded, and changes from one to another. */
  placeCount: z.int(),
  moves: z.int(),
  /** From the main place to the farthest. */
  farthestMetres: z.int(),
  /** Days with welding. */
  workedDays: z.int(),
  /** First and last day known, Asia/Shanghai; null: none. */
  fromDay: z.iso.date().nullable(),
  toDay: z.iso.date().nullable(),
  /** Null: not looked at yet. */
  classifiedAt: z.iso.datetime().nullable(),
};

export const machineMovement = z
  .object({
    machineId: z.uuid(),
    machineName: z.string(),
    model: z.string(),
    enterpriseName: z.string(),
    region: regionCode,
    regionName: z.string(),
    /** What counts: a person's word before the classifier's. */
    kind: movementKind,
    foundKind: movementKind,
    isOverridden: z.boolean(),
    /** As it was registered; decisions go by this. */
    isRegisteredMobile: z.boolean(),
    ...figures,
    /** Days known, with or without welding; of these of a demonstration's simulated past. */
    days: z.int(),
    simulatedDays: z.int(),
  })
  .meta({ id: "MachineMovement" });
export type MachineMovement = z.infer<typeof machineMovement>;

/** A place of work with the number of days. */
export const workPlace = z
  .object({ latitudeDegrees: z.number(), longitudeDegrees: z.number(), days: z.int() })
  .meta({ id: "WorkPlace" });
export type WorkPlace = z.infer<typeof workPlace>;

export const machineMovementDetail = machineMovement
  .extend({
    /** The one of most days first; null for who may not see readings. */
    places: z.array(workPlace).nullable(),
    override: z
      .object({
        kind: overriddenKind,
        reason: z.string(),
        /** Masked. */
        setByName: z.string(),
        setAt: z.iso.datetime(),
      })
      .nullable(),
    mayOverride: z.boolean(),
  })
  .meta({ id: "MachineMovementDetail" });
export type MachineMovementDetail = z.infer<typeof machineMovementDetail>;

export const welderMovement = z
  .object({
    welderId: z.uuid(),
    /** Masked. */
    name: z.string(),
    region: regionCode,
    regionName: z.string(),
    kind: movementKind,
    ...figures,
  })
  .meta({ id: "WelderMovement" });
export type WelderMovement = z.infer<typeof welderMovement>;

export const welderMovementDetail = welderMovement
  .extend({
    /** From the work sessions within the caller's reach; null for who may not see sessions. */
    places: z.array(workPlace).nullable(),
  })
  .meta({ id: "WelderMovementDetail" });
export type WelderMovementDetail = z.infer<typeof welderMovementDetail>;

const machineParams = z.object({ machineId: z.uuid() });
/** How lists of movement are ordered; a minus is the other way round. */
export const movementSort = z.enum([
  "moves",
  "-moves",
  "farthestMetres",
  "-farthestMetres",
  "placeCount",
  "-placeCount",
  "region",
  "-region",
]);
export type MovementSort = z.infer<typeof movementSort>;
const sort = movementSort.default("-moves");

/** What the list of machines can be narrowed to. */
export const movementFilter = z.enum([...movementKind.options, "overridden"]);

export const movementRoutes = {
  listMachineMovements: defineRoute({
    method: "GET",
    path: "/api/movement/machines",
    tag: "movement",
    summary: "Machines as fixed or mobile, with the figures of the latest weeks; scrapped ones are left out",
    query: z.object({
      ...pageQuery,
      kind: movementFilter.optional(),
      region: regionCode.optional(),
      /** Part of the name, model, code or enterprise's name. */
      text: z.string().trim().max(100).optional(),
      sort,
    }),
    answers: { 200: pageOf(machineMovement) },
    refusals: [401, 403],
  }),
  getMachineMovement: defineRoute({
    method: "GET",
    path: "/api/movement/machines/:machineId",
    tag: "movement",
    summary: "Why one machine is taken to be fixed or mobile: places, days, distances",
    params: machineParams,
    answers: { 200: machineMovementDetail },
    refusals: [401, 403, 404],
  }),
  overrideMachineMovement: defineRoute({
    method: "PUT",
    path: "/api/movement/machines/:machineId/override",
    tag: "movement",
    summary:
      "Say by hand whether a machine is mobile; counts until it is cleared, whatever the classifier finds",
    params: machineParams,
    body: reasonBody.extend({ kind: overriddenKind }),
    answers: { 200: machineMovementDetail },
    refusals: [401, 403, 404],
  }),
  clearMachineMovement: defineRoute({
    method: "POST",
    path: "/api/movement/machines/:machineId/override/clearing",
    tag: "movement",
    summary: "Let the classifier's finding count again",
    params: machineParams,
    body: reasonBody,
    answers: { 200: machineMovementDetail },
    refusals: [401, 403, 404, 409],
  }),
  listWelderMovements: defineRoute({
    method: "GET",
    path: "/api/movement/welders",
    tag: "movement",
    summary: "Welders as fixed or mobile, from where their work sessions of the latest weeks began; masked",
    query: z.object({
      ...pageQuery,
      kind: movementKind.optional(),
      region: regionCode.optional(),
      sort,
    }),
    answers: { 200: pageOf(welderMovement) },
    refusals: [401, 403],
  }),
  getWelderMovement: defineRoute({
    method: "GET",
    path: "/api/movement/welders/:welderId",
    tag: "movement",
    summary: "Why one welder is taken to be fixed or mobile",
    params: z.object({ welderId: z.uuid() }),
    answers: { 200: welderMovementDetail },
    refusals: [401, 403, 404],
  }),
};
