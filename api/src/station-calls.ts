import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** A fire station called to a scene: it accepts, goes, looks and decides there. */
export const stationCall = z
  .object({
    stationCallId: z.uuid(),
    clearanceId: z.uuid(),
    /** scene: too many failed checks, or referred; smoulder: something glows or nobody looked. */
    cause: z.enum(["scene", "smoulder"]),
    status: z.enum(["alerted", "accepted", "on-site", "released", "forbidden"]),
    /** The region whose stations are called; wider after each time limit that passed. */
    region: regionCode,
    level: z.int(),
    calledAt: z.iso.datetime(),
    dueAt: z.iso.datetime().nullable(),
    acceptedAt: z.iso.datetime().nullable(),
    /** Masked. */
    acceptedByName: z.string().nullable(),
    arrivedAt: z.iso.datetime().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    evidenceIds: z.array(z.uuid()),
  })
  .meta({ id: "StationCall" });
export type StationCall = z.infer<typeof stationCall>;

export const shownStationCall = stationCall
  .extend({
    keyAreaName: z.string(),
    machineName: z.string(),
    enterpriseName: z.string(),
    regionName: z.string(),
    place: position,
    floor: z.string().nullable(),
  })
  .meta({ id: "ShownStationCall" });
export type ShownStationCall = z.infer<typeof shownStationCall>;

const params = z.object({ stationCallId: z.uuid() });
const answers = { 200: shownStationCall };
const refusals = [401, 403, 404, 409] as const;

export const stationCallRoutes = {
  listStationCalls: defineRoute({
    method: "GET",
    path: "/api/station-calls",
    tag: "station-calls",
    summary:
      "Calls within the caller's regions: open ones the oldest first, or decided ones the latest first",
    query: z.object({
      ...pageQuery,
      isOpen: z.stringbool().default(true),
      region: regionCode.optional(),
    }),
    answers: { 200: pageOf(shownStationCall) },
    refusals: [401, 403],
  }),
  getStationCall: defineRoute({
    method: "GET",
    path: "/api/station-calls/:stationCallId",
    tag: "station-calls",
    summary: "One call with its place",
    params,
    answers,
    refusals: [401, 403, 404],
  }),
  acceptStationCall: defineRoute({
    method: "POST",
    path: "/api/station-calls/:stationCallId/acceptance",
    tag: "station-calls",
    summary: "Somebody of the station goes there",
    params,
    answers,
    refusals,
  }),
  arriveAtStationCall: defineRoute({
    method: "POST",
    path: "/api/station-calls/:stationCallId/arrival",
    tag: "station-calls",
    summary: "At the place, by the phone's position",
    params,
    body: z.object({ position: position.nullable() }),
    answers,
    refusals,
  }),
  decideStationCall: defineRoute({
    method: "POST",
    path: "/api/station-calls/:stationCallId/decision",
    tag: "station-calls",
    summary: "What the station found and decided at the place, with pictures",
    params,
    body: z.object({
      decision: z.enum(["release", "forbid"]),
      reason: z
        .string()
        .trim()
        .min(2, {
          error: bilingual("请填写现场情况（至少 2 个字）", "Say what you found (at least 2 characters)"),
        })
        .max(300),
      evidenceIds: z
        .array(z.uuid())
        .min(1, { error: bilingual("请先拍摄现场照片", "Take a picture of the place first") })
        .max(20),
    }),
    answers,
    refusals,
  }),
};
