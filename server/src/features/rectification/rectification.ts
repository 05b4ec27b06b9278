/** Orders to firms to put something right 整改通知, from the notice to the passed re-inspection 复查. */
export { lockOverdueMachines } from "./lock-overdue.ts";
export { passRectificationTime } from "./pass-time.ts";
export { countRectifications } from "./queries.ts";
export { rectificationEvidence } from "./rectification-evidence.ts";
export { cancelWithin } from "./staff-steps.ts";
