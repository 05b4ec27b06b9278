import { z } from "zod";
import { areaGeometry } from "./key-area-shape.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What a station is equipped, and a person qualified, for. */
export const dutyKind = z.enum(["hot-work", "fire", "gas", "electrical"], {
  error: bilingual("请选择处置类别", "Choose what it answers for"),
});
export type DutyKind = z.infer<typeof dutyKind>;

const place = position.omit({ accuracyMetres: true });
const kinds = z
  .array(dutyKind)
  .min(1, { error: bilingual("至少选择一类", "Choose at least one") })
  .max(dutyKind.options.length);

/** A fire station with what it answers for. */
export const fireStation = z
  .object({
    fireStationId: z.uuid(),
    name: z.string(),
    region: regionCode,
    regionName: z.string(),
    phone: z.string(),
    place,
    areaRegions: z.array(regionCode),
    areaGeometry: areaGeometry.nullable(),
    kinds: z.array(dutyKind),
    isActive: z.boolean(),
    members: z.int(),
    onDuty: z.int(),
  })
  .meta({ id: "FireStation" });
export type FireStation = z.infer<typeof fireStation>;

export const fireStationBody = z
  .object({
    name: z
      .string()
      .trim()
      .min(2, { error: bilingual("请填写站名（至少 2 个字）", "Give it a name (at least 2 characters)") })
      .max(60, { error: bilingual("最多 60 个字", "At most 60 characters") }),
    region: regionCode,
    phone: z
      .string()
      .trim()
      .regex(/^[0-9-]{3,20}$/, {
        error: bilingual("应为数字，如 0579-87650119", "Write digits, such as 0579-87650119"),
      }),
    place,
    areaRegions: z.array(regionCode).max(50).default([]),
    areaGeometry: areaGeometry.nullable().default(null),
    kinds,
    isActive: z.boolean().default(true),
  })
  .refine(({ areaRegions, areaGeometry: drawn }) => areaRegions.length > 0 || drawn !== null, {
    path: ["areaRegions"],
    error: bilingual("请选择责任区划或画出责任区域", "Choose regions it answers for, or draw its area"),
  });
export type FireStationBody = z.infer<typeof fireStationBody>;

/** Somebody of a station; the name masked. */
export const stationMember = z
  .object({
    personId: z.uuid(),
    name: z.string(),
    kinds: z.array(dutyKind),
    isOnDuty: z.boolean(),
    /** Called before neighbours when nobody on duty answers. */
    isLeader: z.boolean(),
  })
  .meta({ id: "StationMember" });
export type StationMember = z.infer<typeof stationMember>;

export const stationWithMembers = fireStation
  .extend({ team: z.array(stationMember) })
  .meta({ id: "StationWithMembers" });

const params = z.object({ fireStationId: z.uuid() });
const member = z.object({ fireStationId: z.uuid(), personId: z.uuid() });
const noContent = { 204: z.null().meta({ description: "No content" }) };

export const fireStationRoutes = {
  listFireStations: defineRoute({
    method: "GET",
    path: "/api/fire-stations",
    tag: "fire stations",
    summary: "Fire stations within the caller's regions, with how many are on duty now",
    query: z.object({
      ...pageQuery,
      region: regionCode.optional(),
      text: z.string().trim().max(60).optional(),
    }),
    answers: { 200: pageOf(fireStation) },
    refusals: [401, 403],
  }),
  getFireStation: defineRoute({
    method: "GET",
    path: "/api/fire-stations/:fireStationId",
    tag: "fire stations",
    summary: "One fire station with its people",
    params,
    answers: { 200: stationWithMembers },
    refusals: [401, 403, 404],
  }),
  createFireStation: defineRoute({
    method: "POST",
    path: "/api/fire-stations",
    tag: "fire stations",
    summary: "Registers a fire station",
    body: fireStationBody,
    answers: { 201: stationWithMembers },
    refusals: [401, 403, 404, 409],
  }),
  changeFireStation: defineRoute({
    method: "PUT",
    path: "/api/fire-stations/:fireStationId",
    tag: "fire stations",
    summary: "Changes a fire station, or closes it",
    params,
    body: fireStationBody,
    answers: { 200: stationWithMembers },
    refusals: [401, 403, 404, 409],
  }),
  putStationMember: defineRoute({
    method: "PUT",
    path: "/api/fire-stations/:fireStationId/members/:personId",
    tag: "fire stations",
    summary: "Somebody with the role of station staff belongs to this station from now on",
    params: member,
    body: z.object({ kinds, isLeader: z.boolean().default(false) }),
    answers: noContent,
    refusals: [401, 403, 404, 409],
  }),
  removeStationMember: defineRoute({
    method: "DELETE",
    path: "/api/fire-stations/:fireStationId/members/:personId",
    tag: "fire stations",
    summary: "Somebody leaves the station, with all shifts to come",
    params: member,
    answers: noContent,
    refusals: [401, 403, 404],
  }),
  listStationCandidates: defineRoute({
    method: "GET",
    path: "/api/fire-stations/:fireStationId/candidates",
    tag: "fire stations",
    summary: "Station staff whose region reaches this station and who belong to none; names masked",
    params,
    answers: { 200: z.object({ people: z.array(z.object({ personId: z.uuid(), name: z.string() })) }) },
    refusals: [401, 403, 404],
  }),
};
