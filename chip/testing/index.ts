export * from "./chip-bench.ts";
export * from "./fake-chip.ts";
export * from "./fake-chip-bench.ts";
export * from "./frozen-state.ts";
export * from "./memory-link.ts";
export * from "./random-things.ts";
export * from "./test-platform.ts";
export * from "./uplink-record.ts";
