import { AUTHORITIES, everyone, type MatrixRow, PLANNERS, row, seen, sighted } from "./matrix-row.ts";
import { samples } from "./matrix-samples.ts";

/** The lines of alarms in the matrix. */
export const alarmMatrix: Record<string, MatrixRow> = {
  "GET /api/alarm-kinds": everyone(),
  "GET /api/alarms": seen(),
  "GET /api/alarm-counts": seen(),
  "GET /api/alarms/:alarmId": seen(),
  "GET /api/alarms/:alarmId/playback": seen(),
  "GET /api/exports/alarms": seen(),
  "GET /api/alarms/:alarmId/assignees": sighted(AUTHORITIES),
  "POST /api/alarms/:alarmId/acknowledgement": sighted(AUTHORITIES, { body: {} }),
  "POST /api/alarm-acknowledgements": sighted(AUTHORITIES, samples.alarmIds),
  "POST /api/alarms/:alarmId/dispatch": sighted(AUTHORITIES, samples.dispatch),
  "POST /api/alarms/:alarmId/acceptance": sighted(AUTHORITIES, { body: {} }),
  "POST /api/alarms/:alarmId/arrival": sighted(AUTHORITIES, { body: { position: null } }),
  "POST /api/alarms/:alarmId/handling": sighted(AUTHORITIES, samples.alarmHandling),
  "POST /api/alarms/:alarmId/verification": sighted(PLANNERS, { body: {} }),
  "POST /api/alarms/:alarmId/closure": sighted(PLANNERS, { body: {} }),
  "POST /api/alarms/:alarmId/reopening": sighted(PLANNERS, samples.reason),
  "POST /api/alarms/:alarmId/false-alarm": sighted(PLANNERS, samples.reason),
  "POST /api/alarms/:alarmId/notes": sighted(AUTHORITIES, samples.alarmNote),
  "POST /api/alarms/:alarmId/links": sighted(AUTHORITIES, samples.alarmLink),
  "POST /api/alarms/:alarmId/merge": sighted(AUTHORITIES, samples.alarmMerge),
  "GET /api/me/alarms": row(["welder", "enterprise-officer"]),
  "GET /api/me/alarms/:alarmId": row(["welder", "enterprise-officer"]),
  "POST /api/me/alarms/:alarmId/answers": row(["welder", "enterprise-officer"], samples.alarmNote),
  "GET /api/alarm-suppressions": seen(),
  "POST /api/alarm-suppressions": sighted(PLANNERS, samples.suppression),
  "PUT /api/alarm-suppressions/:suppressionId": sighted(PLANNERS, samples.suppressionEnd),
  "POST /api/alarm-suppressions/:suppressionId/ending": sighted(PLANNERS, samples.reason),
};
