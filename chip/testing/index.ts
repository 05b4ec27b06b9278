export * from "./fake-chip.ts";
export * from "./memory-link.ts";
export * from "./test-platform.ts";
export * from "./uplink-record.ts";
