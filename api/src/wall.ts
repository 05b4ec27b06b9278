import { z } from "zod";
import { alarmKind, alarmSeverity } from "./alarm-shapes.ts";
import { regionLevel } from "./regions.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** How many are at work this moment, of all that are registered. */
const atWork = z.object({ atWork: z.int(), all: z.int() });

/** Open alarms by severity. */
const openAlarms = z.object({ danger: z.int(), warning: z.int(), notice: z.int() });

/** What lies in one region below the one asked for. Null: the caller may not count it. */
export const wallChild = z
  .object({
    code: regionCode,
    name: z.string(),
    machines: atWork,
    enterprises: atWork.nullable(),
    openAlarms: openAlarms.nullable(),
    /** Where its machines are at home on average, in WGS-84 degrees; null without any. */
    centre: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable(),
  })
  .meta({ id: "WallChild" });
export type WallChild = z.infer<typeof wallChild>;

/** The newest alarms, newest first; no person is named. */
const wallAlarm = z.object({
  alarmId: z.uuid(),
  kind: alarmKind,
  severity: alarmSeverity,
  isOpen: z.boolean(),
  raisedAtMs: z.int(),
  regionName: z.string().nullable(),
  /** The key area, else the firm, else the machine. */
  about: z.string().nullable(),
  place: z.object({ latitudeDegrees: z.number(), longitudeDegrees: z.number() }).nullable(),
});
export type WallAlarm = z.infer<typeof wallAlarm>;

/** Machines that were under power within each half hour of a Shanghai day. */
const workCurve = z.object({
  /** 48 half hours; null: not begun yet. */
  today: z.array(z.int().nullable()),
  /** The same weekday a week ago, all 48. */
  lastWeek: z.array(z.int()),
});

/** Everything that a wall shows of one region: each figure is what the list that it leads to counts. */
export const wall = z
  .object({
    /** When the figures of this moment were counted. */
    atMs: z.int(),
    /** When the slower ones were: curve, industries, certificates, handling. */
    slowAtMs: z.int(),
    /** The Shanghai day that "today" means. */
    day: z.iso.date(),
    /** The region asked for, or where the caller's reach lies; null: several provinces. */
    region: z
      .object({
        code: regionCode,
        name: z.string(),
        level: regionLevel,
        /** The way back up, as far as the caller's reach goes, topmost first. */
        path: z.array(z.object({ code: regionCode, name: z.string() })),
      })
      .nullable(),
    machines: atWork,
    enterprises: atWork.nullable(),
    welders: atWork.nullable(),
    /** Granted since midnight. */
    sessionsToday: z.int().nullable(),
    /** Starts that were not granted since midnight, as the map counts them. */
    refusedToday: z.int().nullable(),
    /** Of those: without a certificate that counts. */
    uncertifiedToday: z.int().nullable(),
    openAlarms: openAlarms.nullable(),
    /** The kinds that most open alarms are of, at most six. */
    alarmKinds: z.array(z.object({ kind: alarmKind, open: z.int() })).nullable(),
    newestAlarms: z.array(wallAlarm).nullable(),
    keyAreas: z.object({ machinesInside: z.int().nullable(), clearancesOpen: z.int().nullable() }).nullable(),
    children: z.array(wallChild),
    curve: workCurve.nullable(),
    /** Machines by their firm's section and division, most at work first; code null: not said. */
    industries: z.array(z.object({ code: z.string().nullable(), machines: atWork })).nullable(),
    /** Welders by how long what they hold counts. */
    certificates: z
      .object({
        valid: z.int(),
        within90Days: z.int(),
        within30Days: z.int(),
        expired: z.int(),
      })
      .nullable(),
    /** Alarms raised within the last seven days that are closed: minutes from the first act of a person to the closure. */
    handling: z
      .object({
        closed: z.int(),
        medianMinutes: z.number().nullable(),
        p90Minutes: z.number().nullable(),
        /** The first of the seven days. */
        from: z.iso.date(),
      })
      .nullable(),
  })
  .meta({ id: "Wall" });
export type Wall = z.infer<typeof wall>;

export const wallRoutes = {
  wall: defineRoute({
    method: "GET",
    path: "/api/wall",
    tag: "live",
    summary:
      "The live figures of a wall screen for the caller's reach or one region of it; counted anew every two seconds at most",
    query: z.object({ region: regionCode.optional() }),
    answers: { 200: wall },
    refusals: [401, 403, 404],
  }),
};
