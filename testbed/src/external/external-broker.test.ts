import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { topicOf } from "@hanyouxu/protocol";
import {
  type Broker,
  BrokerUnavailableError,
  type DeviceAuthority,
  type ExternalBrokerLimits,
  externalBroker,
  issueTestChip,
  openDeviceAuthority,
  systemClock,
  type UplinkMessage,
} from "@hanyouxu/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";

describe("the client of external brokers", () => {
  let dir: string;
  let authority: DeviceAuthority;
  let mosquitto: Mosquitto;
  let brokers: Broker[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-external-"));
    authority = await openDeviceAuthority(join(dir, "ca"), systemClock);
    mosquitto = await startMosquitto({ authority, dir: join(dir, "mosquitto") });
    brokers = [];
  });
  afterEach(async () => {
    mosquitto.thaw();
    for (const broker of brokers) await broker.stop();
    await mosquitto.stop();
    await rm(dir, { recursive: true });
  });

  async function connect(
    clientId: string,
    consume: (message: UplinkMessage) => Promise<void>,
    limits: Partial<ExternalBrokerLimits> = {},
  ): Promise<Broker> {
    const identity = await authority.issuePlatformCertificate();
    const broker = externalBroker({
      url: mosquitto.platformUrl,
      tls: { ...identity, caCertificatePem: authority.caCertificatePem },
      clientId,
      clock: systemClock,
      random: Math.random,
      count: () => {},
      limits,
    });
    brokers.push(broker);
    await broker.start(consume);
    return broker;
  }

  it("starts without the broker, refuses to publish at once, and connects when the broker comes", async () => {
    await mosquitto.kill();
    const chip = await issueTestChip(authority);
    const broker = await connect("server-1", async () => {}, { connectTimeoutMs: 200 });
    expect(broker.isHealthy()).toBe(false);
    await expect(broker.publish(chip.chipId, Buffer.of(1))).rejects.toBeInstanceOf(BrokerUnavailableError);
    await mosquitto.restart();
    await expect.poll(() => broker.isHealthy(), { timeout: 15_000 }).toBe(true);
    await broker.publish(chip.chipId, Buffer.of(1));
  });

  it("gives up a message that a frozen broker does not answer", async () => {
    const chip = await issueTestChip(authority);
    const broker = await connect("server-1", async () => {}, { publishTimeoutMs: 300 });
    mosquitto.freeze();
    await expect(broker.publish(chip.chipId, Buffer.of(1))).rejects.toThrow("did not answer in time");
  });

  it("says of a message under way when the broker dies that it may be lost", async () => {
    const chip = await issueTestChip(authority);
    const broker = await connect("server-1", async () => {});
    mosquitto.freeze();
    const publishing = broker.publish(chip.chipId, Buffer.of(1));
    const rejected = expect(publishing).rejects.toThrow("connection to the broker was lost");
    await mosquitto.kill();
    await rejected;
    expect(broker.isHealthy()).toBe(false);
  });

  it("shares the chips' messages with the other servers: each comes to one of them, once", async () => {
    const taken: [string, string][] = [];
    for (const server of ["server-1", "server-2"]) {
      await connect(
        server,
        async ({ payload }) => void taken.push([server, Buffer.from(payload).toString()]),
      );
    }
    const chip = await issueTestChip(authority);
    const client = await chip.connect(mosquitto.url);
    const numbers = Array.from({ length: 50 }, (_, index) => String(index));
    for (const number of numbers) await client.publishAsync(topicOf(chip.chipId, "e"), number, { qos: 1 });
    await expect.poll(() => taken.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(50);
    expect(taken.map(([, number]) => number).sort()).toEqual(numbers.sort());
    expect(new Set(taken.map(([server]) => server))).toEqual(new Set(["server-1", "server-2"]));
    client.end(true);
  });

  it("holds no more messages than it said it would, while the consumer is slow", async () => {
    const gate = Promise.withResolvers<void>();
    let taken = 0;
    await connect(
      "server-1",
      async () => {
        taken += 1;
        await gate.promise;
      },
      { receiveMaximum: 5 },
    );
    const chips = await Promise.all(Array.from({ length: 20 }, () => issueTestChip(authority)));
    const clients = await Promise.all(chips.map((chip) => chip.connect(mosquitto.url)));
    await Promise.all(
      clients.map((client, index) =>
        client.publishAsync(topicOf(chips[index]!.chipId, "e"), "x", { qos: 1 }),
      ),
    );
    await expect.poll(() => taken, { timeout: 10_000 }).toBe(5);
    gate.resolve();
    await expect.poll(() => taken, { timeout: 10_000 }).toBe(20);
    for (const client of clients) client.end(true);
  });
});
