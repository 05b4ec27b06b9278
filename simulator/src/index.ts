export { SimulatedCamera } from "./cameras/simulated-camera.ts";
export {
  type ChipIdentity,
  type EnrolChip,
  type Enrolment,
  type EnrolmentRequest,
  openChipIdentity,
} from "./chip-identity.ts";
export { demoIdentityNumber, demoPhone } from "./county/demo-ids.ts";
export { generateCounty } from "./county/generate-county.ts";
export { cornersOf } from "./county/key-areas.ts";
export { type MachineModel, machineModel, machineModels } from "./county/machine-models.ts";
export { metresBetween, shiftPlace } from "./county/place.ts";
export type * from "./county/types.ts";
export {
  defaultChipsOnline,
  type Fleet,
  type FleetOptions,
  machinesToBringOnline,
  startFleet,
} from "./fleet.ts";
export { OnlineMachine } from "./online-machine.ts";
export { withCookies } from "./people/cookie-jar.ts";
export { type Crew, type CrewOptions, startCrew } from "./people/crew.ts";
export { startIncidents } from "./people/incidents.ts";
export { startJourneys } from "./people/journeys.ts";
export { Phone, type PhoneOptions } from "./people/phone.ts";
export { shareAtWork } from "./people/shifts.ts";
export { isCertifiedFor, Welders } from "./people/visitors.ts";
export {
  type Province,
  type ProvinceSize,
  type ProvinceStart,
  provinceYear,
} from "./province/province-year.ts";
export { createRandom, type Random } from "./random.ts";
export { type Scenario, scenariosOf } from "./scenarios.ts";
export { SimulatedMachine } from "./simulated-machine.ts";
export { type Track, type TrackFix, trackOf } from "./tracks/track-of.ts";
export { type FirmDay, type SimulatedYear, simulateYear, type YearOptions } from "./year/simulate-year.ts";
export { type TrendDay, trendDays } from "./year/trend-days.ts";
export { yearHolidays, yearWorkingWeekends } from "./year/year-calendar.ts";
export type { YearFirm } from "./year/year-firm.ts";
