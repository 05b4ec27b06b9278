import { AUTHORITIES, type MatrixRow, row, sighted } from "./matrix-row.ts";

const question = {
  measures: ["sessions", "refusals"],
  dimensions: ["day"],
  from: "2026-03-01",
  to: "2026-03-02",
};
const view = { body: { name: "演示视图", question, isShared: false } };
/** Views are questions without figures: whoever has the role may keep them, whatever the department sees. */
const keepers = (sample?: MatrixRow["sample"]) => row([...AUTHORITIES, "blind"], sample);

const report = { body: { name: "演示月报", language: "zh-CN", dayOfMonth: 1 } };

/** The lines of statistics in the matrix. */
export const statisticsMatrix: Record<string, MatrixRow> = {
  "GET /api/statistics/measures": keepers(),
  "POST /api/statistics/query": sighted(AUTHORITIES, { body: question }),
  "GET /api/exports/statistics": sighted(AUTHORITIES, {
    query: `?format=csv&question=${encodeURIComponent(JSON.stringify(question))}`,
  }),
  "GET /api/figure-subscriptions": keepers(),
  "POST /api/figure-subscriptions": sighted(AUTHORITIES, {
    body: { measure: "sessions", condition: "above", threshold: 1 },
  }),
  "DELETE /api/figure-subscriptions/:figureSubscriptionId": keepers(),
  "GET /api/statistics/report-schedules": keepers(),
  "POST /api/statistics/report-schedules": sighted(AUTHORITIES, report),
  "PUT /api/statistics/report-schedules/:reportScheduleId": keepers(report),
  "DELETE /api/statistics/report-schedules/:reportScheduleId": keepers(),
  "POST /api/statistics/report-schedules/:reportScheduleId/now": keepers(),
  "GET /api/statistics/report-readers": sighted(AUTHORITIES),
  "GET /api/statistics/reports": keepers(),
  "GET /api/statistics/reports/:statisticsReportId/file": keepers(),
  "GET /api/statistics/views": keepers(),
  "POST /api/statistics/views": keepers(view),
  "PUT /api/statistics/views/:statisticsViewId": keepers(view),
  "DELETE /api/statistics/views/:statisticsViewId": keepers(),
};
