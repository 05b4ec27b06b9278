import { afterAll, beforeAll } from "vitest";
import { describeChipHost } from "./host-suite.ts";
import { createNodeBench } from "./mosquitto-bench.ts";
import { startTestBroker, type TestBroker } from "./test-broker.ts";

let broker: TestBroker;

beforeAll(async () => {
  broker = await startTestBroker();
});
afterAll(() => broker.stop());

describeChipHost("Node over Mosquitto with mutual TLS", () => createNodeBench(broker));
