/** The feature's face: what other features use of a machine's life. */
export { isOverdue } from "./inspections.ts";
export { mayKeepRegister, openSteps } from "./policy.ts";
export { type Refitting, refit } from "./queries.ts";
export { insertStep, type NewStep, stepEntries } from "./step-record.ts";
