import { z } from "zod";
import { bilingual } from "./language.ts";
import { civilDay } from "./law.ts";
import { defineRoute } from "./route.ts";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: bilingual("时间写作 08:30", "Write a time as 08:30"),
});

/** A shift as it falls on a day. */
export const dutyShift = z
  .object({
    personId: z.uuid(),
    /** Masked. */
    name: z.string(),
    day: civilDay,
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    /** pattern: of every week; extra: of that day alone. */
    source: z.enum(["pattern", "extra"]),
    rosterShiftId: z.uuid().nullable(),
    rosterExceptionId: z.uuid().nullable(),
  })
  .meta({ id: "DutyShift" });
export type DutyShift = z.infer<typeof dutyShift>;

export const rosterAbsence = z
  .object({
    rosterExceptionId: z.uuid(),
    personId: z.uuid(),
    name: z.string(),
    day: civilDay,
    reason: z.string(),
  })
  .meta({ id: "RosterAbsence" });

export const rosterWeek = z
  .object({
    /** A Monday. */
    from: civilDay,
    shifts: z.array(dutyShift),
    absences: z.array(rosterAbsence),
  })
  .meta({ id: "RosterWeek" });
export type RosterWeek = z.infer<typeof rosterWeek>;

/** The note of somebody who has gone off duty. */
export const handover = z
  .object({
    dutyTurnId: z.uuid(),
    /** Masked. */
    name: z.string(),
    at: z.iso.datetime(),
    note: z.string(),
    takenOverAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Handover" });
export type Handover = z.infer<typeof handover>;

/** The caller's own duty. */
export const ownDuty = z
  .object({
    station: z.object({ fireStationId: z.uuid(), name: z.string(), phone: z.string() }).nullable(),
    isOnDuty: z.boolean(),
    /** Until when, as it stands now. */
    until: z.iso.datetime().nullable(),
    /** The next 14 days. */
    shifts: z.array(dutyShift),
    /** The latest notes of the station. */
    handovers: z.array(handover),
  })
  .meta({ id: "OwnDuty" });
export type OwnDuty = z.infer<typeof ownDuty>;

const station = z.object({ fireStationId: z.uuid() });
const reason = z
  .string()
  .trim()
  .min(2, { error: bilingual("请填写原因（至少 2 个字）", "Give a reason (at least 2 characters)") })
  .max(200, { error: bilingual("最多 200 个字", "At most 200 characters") });
const answers = { 200: rosterWeek };
const noContent = { 204: z.null().meta({ description: "No content" }) };

export const dutyRoutes = {
  getRoster: defineRoute({
    method: "GET",
    path: "/api/fire-stations/:fireStationId/roster",
    tag: "duty",
    summary: "The week of a station in which a day lies, as the roster says",
    params: station,
    query: z.object({ day: civilDay }),
    answers,
    refusals: [401, 403, 404],
  }),
  addRosterShift: defineRoute({
    method: "POST",
    path: "/api/fire-stations/:fireStationId/roster-shifts",
    tag: "duty",
    summary: "A shift of every week; local times, an end at or before the start is on the next day",
    params: station,
    body: z.object({
      personId: z.uuid({ error: bilingual("请选择人员", "Choose who") }),
      weekdays: z
        .array(z.int().min(1).max(7))
        .min(1, { error: bilingual("请选择星期", "Choose days of the week") })
        .max(7),
      startsAt: timeOfDay,
      endsAt: timeOfDay,
      fromDay: civilDay,
      untilDay: civilDay.nullable().default(null),
    }),
    answers: { 201: z.object({ added: z.int() }) },
    refusals: [401, 403, 404, 409],
  }),
  endRosterShift: defineRoute({
    method: "DELETE",
    path: "/api/fire-stations/:fireStationId/roster-shifts/:rosterShiftId",
    tag: "duty",
    summary: "The weekly shift ends: from today on it is no more",
    params: station.extend({ rosterShiftId: z.uuid() }),
    answers: noContent,
    refusals: [401, 403, 404],
  }),
  addRosterException: defineRoute({
    method: "POST",
    path: "/api/fire-stations/:fireStationId/roster-exceptions",
    tag: "duty",
    summary: "Somebody is absent on a day, or stands in on it",
    params: station,
    body: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("absent"), personId: z.uuid(), day: civilDay, reason }),
      z.object({
        kind: z.literal("extra"),
        personId: z.uuid(),
        day: civilDay,
        startsAt: timeOfDay,
        endsAt: timeOfDay,
        reason,
      }),
    ]),
    answers: { 201: z.object({ rosterExceptionId: z.uuid() }) },
    refusals: [401, 403, 404, 409],
  }),
  removeRosterException: defineRoute({
    method: "DELETE",
    path: "/api/fire-stations/:fireStationId/roster-exceptions/:rosterExceptionId",
    tag: "duty",
    summary: "The exception is taken back",
    params: station.extend({ rosterExceptionId: z.uuid() }),
    answers: noContent,
    refusals: [401, 403, 404],
  }),
  listHandovers: defineRoute({
    method: "GET",
    path: "/api/fire-stations/:fireStationId/handovers",
    tag: "duty",
    summary: "The latest hand-over notes of a station",
    params: station,
    answers: { 200: z.object({ handovers: z.array(handover) }) },
    refusals: [401, 403, 404],
  }),
  getOwnDuty: defineRoute({
    method: "GET",
    path: "/api/me/duty",
    tag: "duty",
    summary: "The caller's station, shifts and whether on duty now",
    answers: { 200: ownDuty },
    refusals: [401, 403],
  }),
  goOnDuty: defineRoute({
    method: "POST",
    path: "/api/me/duty/on",
    tag: "duty",
    summary: "On duty from now, until the shift ends or for so many hours; takes over what was handed over",
    body: z.object({
      hours: z
        .int()
        .min(1)
        .max(24, { error: bilingual("最多 24 小时", "At most 24 hours") })
        .default(12),
    }),
    answers: { 200: ownDuty },
    refusals: [401, 403, 409],
  }),
  goOffDuty: defineRoute({
    method: "POST",
    path: "/api/me/duty/off",
    tag: "duty",
    summary: "Off duty until the shift that goes on ends, with what the next shift has to know",
    body: z.object({
      note: z
        .string()
        .trim()
        .min(2, {
          error: bilingual("请填写交班记录（至少 2 个字）", "Write the note (at least 2 characters)"),
        })
        .max(500, { error: bilingual("最多 500 个字", "At most 500 characters") }),
    }),
    answers: { 200: ownDuty },
    refusals: [401, 403, 409],
  }),
};
