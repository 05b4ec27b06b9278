import {
  AUTHORITIES,
  commanded,
  everyone,
  type MatrixRow,
  PLANNERS,
  row,
  seen,
  sighted,
} from "./matrix-row.ts";
import { samples } from "./matrix-samples.ts";

const OWN = ["welder", "enterprise-officer"] as const;
const officers = (sample?: MatrixRow["sample"]) => row(["enterprise-officer"], sample);

/** The lines of orders to rectify, of credit and of appeals in the matrix. */
export const rectificationMatrix: Record<string, MatrixRow> = {
  "GET /api/rectifications": seen(),
  "GET /api/rectifications/:rectificationId": seen(),
  "GET /api/rectification-clauses": commanded(AUTHORITIES, {}),
  "POST /api/rectifications": commanded(AUTHORITIES, samples.rectification),
  "POST /api/rectifications/:rectificationId/items/:itemNo/answer": officers({
    params: { itemNo: "1" },
    body: { answer: "演示" },
  }),
  "POST /api/rectifications/:rectificationId/submission": officers(),
  "POST /api/rectifications/:rectificationId/extension": officers(samples.rectificationExtension),
  "POST /api/rectifications/:rectificationId/extension-decision": commanded(AUTHORITIES, {
    body: { isGranted: true, reason: "演示" },
  }),
  "POST /api/rectifications/:rectificationId/reinspection": commanded(AUTHORITIES, {
    body: { items: [{ itemNo: 1, isPassed: true }] },
  }),
  "POST /api/rectifications/:rectificationId/cancellation": commanded(AUTHORITIES, samples.reason),
  "GET /api/rectifications/:rectificationId/notice.pdf": seen(),
  "GET /api/rectification-verifications/:verificationCode": everyone(),
  "GET /api/credit-rules": everyone(),
  "POST /api/credit-rules/:region": commanded(PLANNERS, samples.creditRules),
  "GET /api/credit": sighted(AUTHORITIES),
  "GET /api/credit/:holder/:holderId": sighted(AUTHORITIES, { params: { holder: "welder" } }),
  "POST /api/credit/:holder/:holderId/training": sighted(PLANNERS, {
    params: { holder: "welder" },
    ...samples.reason,
  }),
  "GET /api/me/credit": row(OWN),
  "GET /api/appeals": sighted(AUTHORITIES),
  "GET /api/appeals/:appealId": sighted(AUTHORITIES),
  "POST /api/appeals/:appealId/decision": commanded(AUTHORITIES, {
    body: { isAllowed: true, reason: "演示" },
  }),
  "GET /api/me/appeals": row(OWN),
  "POST /api/me/appeals": row(OWN, samples.appeal),
};
