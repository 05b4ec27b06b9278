import { AUTHORITIES, everyone, type MatrixRow, PLANNERS, row, sighted } from "./matrix-row.ts";
import { samples } from "./matrix-samples.ts";

/** The lines of messages and duty in the matrix. */
export const dutyMatrix: Record<string, MatrixRow> = {
  "GET /api/me/messages": everyone(),
  "GET /api/me/messages/:messageId": everyone(),
  "POST /api/me/messages/opened": everyone({ body: { messageIds: [] } }),
  "POST /api/me/messages/:messageId/acknowledgement": everyone(),
  "GET /api/messages": sighted(AUTHORITIES),
  "GET /api/me/telling": everyone(),
  "PUT /api/me/telling/preferences": everyone(samples.tellingPreferences),
  "POST /api/me/push-subscriptions": everyone(samples.pushSubscription),
  "DELETE /api/me/push-subscriptions/:pushSubscriptionId": everyone(),
  "PUT /api/me/email": everyone({ body: { address: "demo@example.com" } }),
  "POST /api/me/email/confirmation": everyone({ body: { code: "000000" } }),
  "DELETE /api/me/email": everyone(),
  "GET /api/fire-stations": sighted(AUTHORITIES),
  "GET /api/fire-stations/:fireStationId": sighted(AUTHORITIES),
  "POST /api/fire-stations": sighted(PLANNERS, samples.fireStation),
  "PUT /api/fire-stations/:fireStationId": sighted(PLANNERS, samples.fireStation),
  "PUT /api/fire-stations/:fireStationId/members/:personId": sighted(PLANNERS, { body: { kinds: ["gas"] } }),
  "DELETE /api/fire-stations/:fireStationId/members/:personId": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/candidates": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/roster": sighted(AUTHORITIES, { query: "?day=2026-03-01" }),
  "POST /api/fire-stations/:fireStationId/roster-shifts": sighted(PLANNERS, samples.rosterShift),
  "DELETE /api/fire-stations/:fireStationId/roster-shifts/:rosterShiftId": sighted(PLANNERS),
  "POST /api/fire-stations/:fireStationId/roster-exceptions": sighted(PLANNERS, samples.rosterException),
  "DELETE /api/fire-stations/:fireStationId/roster-exceptions/:rosterExceptionId": sighted(PLANNERS),
  "GET /api/fire-stations/:fireStationId/handovers": sighted(AUTHORITIES),
  "GET /api/me/duty": row(["station-staff"]),
  "POST /api/me/duty/on": row(["station-staff"], { body: {} }),
  "POST /api/me/duty/off": row(["station-staff"], { body: { note: "演示交班" } }),
};
