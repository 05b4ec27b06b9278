import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@hanyouxu/protocol";
import {
  type Broker,
  type BrokerSetUp,
  brokerConformance,
  externalBroker,
  openDeviceAuthority,
  systemClock,
} from "@hanyouxu/server";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startMosquitto } from "./mosquitto.ts";

let dir: string;
let setUp: BrokerSetUp;
let runs = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-mosquitto-"));
  const pastMs = Date.now() - 2 * 365 * 86_400_000;
  const authority = await openDeviceAuthority(join(dir, "ca"), systemClock);
  const identity = await authority.issuePlatformCertificate();
  const tls = { ...identity, caCertificatePem: authority.caCertificatePem };
  setUp = {
    authority,
    pastAuthority: await openDeviceAuthority(join(dir, "ca"), new VirtualClock(pastMs)),
    foreignAuthority: await openDeviceAuthority(join(dir, "foreign"), systemClock),
    async start(consume, revoked = []) {
      const revokedAtMs = Date.now() - 1000;
      const mosquitto = await startMosquitto({
        authority,
        dir: join(dir, `run-${runs++}`),
        revoked: revoked.map(({ serialNumber }) => ({ serialNumber, revokedAtMs })),
      });
      async function connectPlatform(): Promise<Broker> {
        const broker = externalBroker({
          url: mosquitto.platformUrl,
          tls,
          clientId: "server-1",
          clock: systemClock,
          random: Math.random,
          count: () => {},
        });
        await broker.start(consume);
        return broker;
      }
      let broker = await connectPlatform();
      return {
        get broker() {
          return broker;
        },
        url: mosquitto.url,
        async restartPlatform() {
          await broker.stop();
          broker = await connectPlatform();
        },
        crash: mosquitto.kill,
        recover: mosquitto.restart,
        async stop() {
          await broker.stop();
          await mosquitto.stop();
        },
      };
    },
  };
});
afterAll(() => rm(dir, { recursive: true }));

describe("Mosquitto with the deployed configuration, and the client of external brokers", () => {
  for (const fact of brokerConformance) it(fact.name, () => fact.run(setUp));
});
