/** The feature's face: what other features, ingest, sweeps and `app.ts` use of alarms. */

export { alarmEvidence } from "./alarm-evidence.ts";
export { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
export { alarmFilterOf, departmentsOf } from "./alarm-filter.ts";
export { callNextInLine } from "./call-next.ts";
export { type AlarmChange, alarmChanges, alarmsOf } from "./changed-alarms.ts";
export { raiseChipAlarms } from "./chip-alarms.ts";
export { followChipsAway } from "./chips-away.ts";
export {
  followDangerousWork,
  followEndingCertificates,
  followOtherWork,
  followUncertifiedWork,
} from "./dangerous-work.ts";
export { followRefusedStarts } from "./decision-alarms.ts";
export { clearQuietAlarms, escalateAlarms, promoteRecords } from "./follow-alarms.ts";
export { followForgedCodes } from "./forged-codes.ts";
export { listAlarms } from "./list-alarms.ts";
export { countAlarms } from "./list-queries.ts";
export { type AlarmSign, clearAlarm, type Raised, raiseAlarm, takeSigns } from "./raise-alarm.ts";
export { alarmOfRisingGas } from "./rising-gas.ts";
export { followSilentChips } from "./silent-chips.ts";
export type { AlarmContext, RaiseContext } from "./store-step.ts";
export { clearCooledMachines, raiseTemperatureAlarms } from "./temperature-alarms.ts";
export { followTwoPlaces } from "./two-places.ts";
