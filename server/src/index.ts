export * from "./broker/broker.ts";
export * from "./broker/broker-conformance.ts";
export * from "./broker/embedded-broker.ts";
export * from "./broker/external-broker.ts";
export * from "./broker/test-chip.ts";
export { systemClock } from "./clock.ts";
export * from "./device-ca/device-authority.ts";
