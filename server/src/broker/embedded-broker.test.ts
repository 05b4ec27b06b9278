import { spawn } from "node:child_process";
import { type EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { topicOf, VirtualClock } from "@hanyouxu/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { openDeviceAuthority, type TlsIdentity } from "../device-ca/device-authority.ts";
import type { BrokerEvent, UplinkMessage } from "./broker.ts";
import { type BrokerSetUp, brokerConformance } from "./broker-conformance.ts";
import { type EmbeddedBroker, type EmbeddedBrokerLimits, embeddedBroker } from "./embedded-broker.ts";
import { issueTestChip, type TestChip } from "./test-chip.ts";

let dir: string;
let setUp: BrokerSetUp;
let identity: TlsIdentity;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-broker-"));
  const pastMs = Date.now() - 2 * 365 * 86_400_000;
  const authority = await openDeviceAuthority(join(dir, "ca"), systemClock);
  identity = await authority.issueServerCertificate(["localhost", "127.0.0.1"]);
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
  identity: TlsIdentity;
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

  describe("alone", () => {
    let broker: EmbeddedBroker;
    let counts: Map<BrokerEvent, number>;
    let consumed: UplinkMessage[];
    const url = () => `mqtts://127.0.0.1:${broker.port}`;
    const of = (event: BrokerEvent) => counts.get(event) ?? 0;

    async function begin(limits: Partial<EmbeddedBrokerLimits> = {}): Promise<void> {
      counts = new Map();
      consumed = [];
      broker = await startEmbedded({
        identity,
        authority: setUp.authority,
        port: 0,
        consume: async (message) => void consumed.push(message),
        count: (event) => counts.set(event, of(event) + 1),
        limits,
      });
    }
    afterEach(() => broker.stop());

    it("refuses a certificate of its authority that is no chip's", async () => {
      await begin();
      const platform = await setUp.authority.issuePlatformCertificate();
      const chip = await issueTestChip(setUp.authority);
      await expect(
        chip.connect(url(), { cert: platform.certificatePem, key: platform.keyPem, clientId: "platform" }),
      ).rejects.toThrow();
      expect(of("refused-certificate")).toBe(1);
    });

    it("counts each refusal under its reason", async () => {
      await begin();
      const chip = await issueTestChip(setUp.authority);
      const attempts: [BrokerEvent, string, { qos: 0 | 1 | 2; retain?: boolean }, number][] = [
        ["refused-topic", "hy1/aaaaaaaaaaaaaaaa/t", { qos: 1 }, 1],
        ["refused-qos", topicOf(chip.chipId, "t"), { qos: 0 }, 1],
        ["refused-qos", topicOf(chip.chipId, "t"), { qos: 2 }, 1],
        ["refused-retain", topicOf(chip.chipId, "t"), { qos: 1, retain: true }, 1],
        ["refused-size", topicOf(chip.chipId, "t"), { qos: 1 }, 4097],
      ];
      for (const [event, topic, options, bytes] of attempts) {
        const before = of(event);
        const client = await chip.connect(url());
        client.publish(topic, Buffer.alloc(bytes), options, () => {});
        await once(client as unknown as EventEmitter, "close");
        expect([event, of(event)]).toEqual([event, before + 1]);
      }
      await expect(chip.connect(url(), { clientId: "another" })).rejects.toThrow("Identifier rejected");
      expect(of("refused-client-id")).toBe(1);
      expect(consumed).toEqual([]);
    });

    it("lets a storm of connections through at its rate and keeps serving", async () => {
      await begin({ handshakesPerSecond: 20, handshakeBurst: 5 });
      const chips = await Promise.all(Array.from({ length: 15 }, () => issueTestChip(setUp.authority)));
      const startedMs = performance.now();
      const clients = await Promise.all(chips.map((chip) => chip.connect(url())));
      expect(performance.now() - startedMs).toBeGreaterThan(400);
      expect(broker.connectedChips).toBe(15);
      for (const client of clients) client.end(true);
    });

    it("refuses connections above its number at once", async () => {
      await begin({ maxConnections: 2 });
      const chips = await Promise.all([1, 2, 3].map(() => issueTestChip(setUp.authority)));
      const clients = [await chips[0]!.connect(url()), await chips[1]!.connect(url())];
      await expect(chips[2]!.connect(url())).rejects.toThrow();
      expect(of("refused-connection-rate")).toBe(1);
      for (const client of clients) client.end(true);
    });

    it("slows down a chip that sends too much instead of losing its messages", async () => {
      await begin({ messagesPerSecond: 200, messageBurst: 10 });
      const chip = await issueTestChip(setUp.authority);
      const client = await chip.connect(url());
      const startedMs = performance.now();
      const topic = topicOf(chip.chipId, "e");
      await Promise.all(Array.from({ length: 60 }, () => client.publishAsync(topic, "x", { qos: 1 })));
      expect(performance.now() - startedMs).toBeGreaterThan(200);
      expect(consumed.length).toBe(60);
      client.end(true);
    });

    it("ends a connection that keeps the broker busy with pings", async () => {
      await begin();
      const chip = await issueTestChip(setUp.authority);
      const client = await chip.connect(url());
      const closed = once(client as unknown as EventEmitter, "close");
      client.stream.write(Buffer.alloc(200, Buffer.of(0xc0, 0)));
      await closed;
      expect(of("refused-packet-rate")).toBe(1);
    });

    it("ends a connection that never says CONNECT", async () => {
      await begin({ connectTimeoutMs: 200 });
      const chip = await issueTestChip(setUp.authority);
      const socket = await chip.openTls(url());
      socket.on("error", () => {}).resume();
      await once(socket, "close");
    });

    it("ends the connection of a chip that is told off", async () => {
      await begin();
      const chip = await issueTestChip(setUp.authority);
      const client = await chip.connect(url());
      const closed = once(client as unknown as EventEmitter, "close");
      broker.disconnect(chip.chipId);
      await closed;
      expect(broker.connectedChips).toBe(0);
    });
  });

  it("outlives twenty clients that flood it and drop off, in a process of its own", async () => {
    const files = [
      ["ca.pem", setUp.authority.caCertificatePem],
      ["server.pem", identity.certificatePem],
      ["server.key", identity.keyPem],
    ].map(([name, text]) => ({ path: join(dir, name!), text: text! }));
    for (const { path, text } of files) await writeFile(path, text);
    const program = fileURLToPath(new URL("./flood-child.ts", import.meta.url));
    const child = spawn(process.execPath, [program, ...files.map(({ path }) => path)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const url = `mqtts://127.0.0.1:${(await lines.next()).value}`;
    for (const qos of [1, 0] as const) {
      const chips = await Promise.all(Array.from({ length: 20 }, () => issueTestChip(setUp.authority)));
      const clients = await Promise.all(chips.map((chip) => chip.connect(url)));
      for (const [index, client] of clients.entries()) {
        const topic = topicOf(chips[index]!.chipId, "t");
        for (let number = 0; number < 500; number++) client.publish(topic, "flood", { qos }, () => {});
      }
      child.stdin.write("\n");
      await lines.next();
      for (const client of clients) client.end(true);
    }
    const chip = await issueTestChip(setUp.authority);
    const client = await chip.connect(url);
    await client.publishAsync(topicOf(chip.chipId, "t"), "alive", { qos: 1 });
    await client.endAsync();
    child.stdin.write("\n");
    const counts: Partial<Record<BrokerEvent, number>> = JSON.parse(String((await lines.next()).value));
    expect(counts.consumed).toBeGreaterThan(0);
    expect(counts["refused-qos"]).toBeGreaterThan(0);
    expect(child.exitCode).toBeNull();
    child.kill();
    await once(child, "exit");
  });
});
