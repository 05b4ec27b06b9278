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

/** The lines of statistics in the matrix. */
export const statisticsMatrix: Record<string, MatrixRow> = {
  "GET /api/statistics/measures": keepers(),
  "POST /api/statistics/query": sighted(AUTHORITIES, { body: question }),
  "GET /api/exports/statistics": sighted(AUTHORITIES, {
    query: `?format=csv&question=${encodeURIComponent(JSON.stringify(question))}`,
  }),
  "GET /api/statistics/views": keepers(),
  "POST /api/statistics/views": keepers(view),
  "PUT /api/statistics/views/:statisticsViewId": keepers(view),
  "DELETE /api/statistics/views/:statisticsViewId": keepers(),
};
