export * from "./csr.ts";
export * from "./enrol-chip.ts";
export { type Enrolment, loadEnrolment } from "./enrolment-files.ts";
export * from "./file-storage.ts";
export * from "./keys.ts";
export * from "./mqtt-link.ts";
export * from "./start-chip-host.ts";
export * from "./system-clock.ts";
