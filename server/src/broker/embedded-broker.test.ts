import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { openDeviceAuthority } from "../device-ca/device-authority.ts";
import type { BrokerEvent, UplinkMessage } from "./broker.ts";
import { type BrokerSetUp, brokerConformance } from "./broker-conformance.ts";
import { type EmbeddedBroker, type EmbeddedBrokerLimits, embeddedBroker } from "./embedded-broker.ts";
import type { TestChip } from "./test-chip.ts";

let dir: string;
let setUp: BrokerSetUp;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-broker-"));
  const pastMs = Date.now() - 2 * 365 * 86_400_000;
  const authority = await openDeviceAuthority(join(dir, "ca"), systemClock);
  const identity = await authority.issueServerCertificate(["localhost", "127.0.0.1"]);
  setUp = {
    authority,
    pastAuthority: await openDeviceAuthority(join(dir, "ca"), new VirtualClock(pastMs)),
    foreignAuthority: await openDeviceAuthority(join(dir, "foreign"), systemClock),
    async start(consume, revoked = []) {
      const open = (port: number) => startEmbedded({ identity, authority, port, revoked, consume });
      let current = await open(0);
      const { port } = current;
      return {
        get broker() {
          return current;
        },
        url: `mqtts://127.0.0.1:${port}`,
        async restartPlatform() {
          await current.stop();
          current = await open(port);
        },
        crash: () => current.stop(),
        async recover() {
          current = await open(port);
        },
        stop: () => current.stop(),
      };
    },
  };
});
afterAll(() => rm(dir, { recursive: true }));

interface StartOptions {
  identity: { certificatePem: string; keyPem: string };
  authority: { caCertificatePem: string };
  port: number;
  revoked?: readonly TestChip[];
  consume: (message: UplinkMessage) => Promise<void>;
  count?: (event: BrokerEvent) => void;
  limits?: Partial<EmbeddedBrokerLimits>;
}

async function startEmbedded(options: StartOptions): Promise<EmbeddedBroker> {
  const broker = embeddedBroker({
    host: "127.0.0.1",
    port: options.port,
    tls: { ...options.identity, caCertificatePem: options.authority.caCertificatePem },
    clock: systemClock,
    random: Math.random,
    count: options.count ?? (() => {}),
    isChipAllowed: (chipId) => !options.revoked?.some((chip) => chip.chipId === chipId),
    ...(options.limits ? { limits: options.limits } : {}),
  });
  await broker.start(options.consume);
  return broker;
}

describe("the embedded broker", () => {
  for (const fact of brokerConformance) it(fact.name, () => fact.run(setUp));

  it("tells its port", async () => {
    const underTest = await setUp.start(async () => {});
    expect(Number(new URL(underTest.url).port)).toBeGreaterThan(0);
    await underTest.stop();
  });
});
