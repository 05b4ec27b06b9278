import { describe, expect, it } from "vitest";
import { measureBareFanIn, measureBareRoundTrip } from "./bare-broker.ts";

describe("the bare brokers", () => {
  it.each(["aedes", "mosquitto"] as const)("answer each command once over %s", async (engine) => {
    const summary = await measureBareRoundTrip({
      engine,
      clients: 5,
      samplesPerSecond: 50,
      rounds: 20,
      roundsPerSecond: 200,
    });
    expect(summary.count).toBe(20);
    expect(summary.p50).toBeGreaterThan(0);
    expect(summary.p99).toBeGreaterThanOrEqual(summary.p50);
  });

  it("take what the clients' windows let through", async () => {
    const { messagesPerSecond } = await measureBareFanIn({
      clients: 5,
      window: 5,
      payloadBytes: 300,
      seconds: 0.5,
    });
    expect(messagesPerSecond).toBeGreaterThan(100);
  });
});
