/** The feature's face: what other features, ingest, sweeps and `app.ts` use of alarms. */
export { alarmEvidence } from "./alarm-evidence.ts";
export { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
export { clearQuietAlarms, escalateAlarms, promoteRecords } from "./follow-alarms.ts";
export { clearAlarm, type Raised, raiseAlarm } from "./raise-alarm.ts";
export type { AlarmContext } from "./store-step.ts";
