export { type DutyLineStep, dutyLine, stationsOnDuty } from "./duty-line.ts";
export { openStation, type StationTeamMember } from "./open-station.ts";
export { STATION_READERS } from "./policy.ts";
export { StationMap } from "./station-map.ts";
export type { StationOnDuty } from "./station-on-duty.ts";
export { type DutyAnswer, type DutyFallback, type DutyQuestion, whoIsOnDuty } from "./who-is-on-duty.ts";
