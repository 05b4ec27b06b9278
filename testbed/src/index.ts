export { startMosquitto } from "./external/mosquitto.ts";
export { startPostgres } from "./external/postgres.ts";
export { type SheetCell, uploadSheet, workbookOf } from "./import-sheets.ts";
export { demoInstaller } from "./installer.ts";
export { type DemoNewcomer, demoNewcomers } from "./registry/demo-newcomers.ts";
export { type RegistryServer, startRegistryServer } from "./registry/registry-server.ts";
export { allWorkSessions, demoRegulator, eventsOf } from "./regulator.ts";
export { type SimulationOptions, type Summary, simulate } from "./simulation.ts";
export { type System, type SystemOptions, startSystem } from "./system.ts";
export {
  startVirtualSystem,
  VIRTUAL_START_MS,
  type VirtualSystem,
  type VirtualSystemOptions,
} from "./virtual-system.ts";
export { type Job, jobsOf, phoneOf, type RunningJob, startJobs } from "./workforce.ts";
