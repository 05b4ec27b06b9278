export { type App, type AppOptions, startApp } from "./app.ts";
export { Aedes } from "./broker/bare-aedes.ts";
export * from "./broker/broker.ts";
export * from "./broker/broker-conformance.ts";
export * from "./broker/embedded-broker.ts";
export * from "./broker/external-broker.ts";
export * from "./broker/test-chip.ts";
export { systemClock } from "./clock.ts";
export type { Config } from "./config/config.ts";
export { ConfigError } from "./config/config-error.ts";
export { loadConfig } from "./config/load-config.ts";
export { createSecrets } from "./config/secrets.ts";
export { type Database, databaseOn } from "./db/database.ts";
export { FolderLocked } from "./db/folder-lock.ts";
export type { StatementClient } from "./db/pglite-dialect.ts";
export { openPgliteHere } from "./db/pglite-here.ts";
export * from "./device-ca/device-authority.ts";
export { addDemoAccounts, hasDemoAccounts } from "./features/demo-accounts/demo-accounts.ts";
export { openStation } from "./features/duty/duty.ts";
export { selectSimilar } from "./features/evidence/evidence.ts";
export { createKeyAreas, type KeyAreaData } from "./features/key-areas/key-areas.ts";
export {
  addSimulatedDays,
  classifyMovement,
  type DayPlace,
  dayPlaces,
  followMovement,
  machinesWithPast,
  type SimulatedDays,
} from "./features/movement/movement.ts";
export { publishConsentText } from "./features/personal-data/personal-data.ts";
export { bundledDivisions, importRegions } from "./features/regions/regions.ts";
export { importRegister, type Register } from "./features/register/register.ts";
export { currentTotp } from "./features/sign-in/sign-in.ts";
export { answerQuestion, keepCounts } from "./features/statistics/statistics.ts";
export {
  addSimulatedTrendDays,
  hasSimulatedTrendDays,
  type SimulatedTrendDay,
} from "./features/trends/trends.ts";
export { createLogger } from "./log.ts";
export { openStore, type Store } from "./open-store.ts";
export { openSheet, writeWorkbook } from "./sheets/sheets.ts";
