import { AUTHORITIES, type MatrixRow, PLANNERS, sighted } from "./matrix-row.ts";

const county = "330723";
const query = `?region=${county}`;

/** The lines of trends and plans of inspections in the matrix. */
export const trendMatrix: Record<string, MatrixRow> = {
  "GET /api/trends/forecast": sighted(AUTHORITIES, { query }),
  "GET /api/trends/anomalies": sighted(AUTHORITIES, { query }),
  "GET /api/trends/risks": sighted(AUTHORITIES, { query }),
  // A day too short for a visit: nothing is planned by the matrix.
  "POST /api/inspection-plans": sighted(PLANNERS, {
    body: { region: county, staff: 1, days: 1, hoursADay: 1, hoursToRegion: 1 },
  }),
  "GET /api/inspection-plans": sighted(AUTHORITIES, { query }),
  "GET /api/inspection-plans/:inspectionPlanId": sighted(AUTHORITIES),
  "POST /api/inspection-plans/:inspectionPlanId/results": sighted(AUTHORITIES, {
    body: { enterpriseId: "0198c0de-0000-7000-8000-00000000000a", finding: "nothing" },
  }),
  "GET /api/inspection-tallies": sighted(AUTHORITIES, { query }),
};
