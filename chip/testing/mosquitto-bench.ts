import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QUIET_READING, type Reading } from "@hanyouxu/chip";
import { type ChipHost, createChipKeys, createCsrPem, startChipHost } from "@hanyouxu/chip/hosts/node";
import { parseTopic, topicOf } from "@hanyouxu/protocol";
import { connectAsync } from "mqtt";
import type { ChipBench } from "./chip-bench.ts";
import type { TestBroker } from "./test-broker.ts";
import { createTestPlatform } from "./test-platform.ts";
import { UplinkRecord } from "./uplink-record.ts";
import { startWire } from "./wire.ts";

const GIVE_UP_MS = 20_000;

/** The Node host on the suite's bench: real time, real TLS, a real broker, a folder as flash. */
export async function createNodeBench(broker: TestBroker): Promise<ChipBench> {
  const { authority, port } = broker;
  const keys = createChipKeys();
  const { chipId } = keys;
  const certificatePem = authority.certify(chipId, createCsrPem(keys));
  const flash = mkdtempSync(join(tmpdir(), "chip-flash-"));
  const wire = await startWire(port);
  const platform = createTestPlatform({ nowMs: Date.now });
  let uplink = new UplinkRecord();
  let holdsAcknowledgements = false;
  let reading: Reading = QUIET_READING;
  let host: ChipHost | undefined;
  const client = await connectAsync(`mqtts://127.0.0.1:${port}`, {
    protocolVersion: 4,
    clientId: `platform-of-${chipId}`,
    key: readFileSync(authority.path("platform.key"), "utf8"),
    cert: readFileSync(authority.path("platform.pem"), "utf8"),
    ca: authority.caPem,
  });
  const send = (bytes: Uint8Array) =>
    void client.publish(topicOf(chipId, "d"), Buffer.from(bytes), { qos: 1 });
  const say = (body: Parameters<typeof platform.command>[1]) =>
    send(platform.sign(platform.command(chipId, body)));
  client.on("message", (topic, payload) => {
    const channel = parseTopic(topic)?.channel;
    if (!channel || channel === "d") return;
    const frame = uplink.receive(channel, new Uint8Array(payload));
    if ("kind" in frame && frame.kind === "hello") {
      say({ kind: "time", platformMs: Date.now(), nonce: frame.nonce });
    }
    const position = uplink.contiguous;
    if (channel === "e" && position && !holdsAcknowledgements) say({ kind: "acknowledgement", ...position });
  });
  await client.subscribeAsync([topicOf(chipId, "t"), topicOf(chipId, "e"), topicOf(chipId, "a")], { qos: 1 });

  return {
    chipId,
    chipSpki: keys.spki,
    platform,
    get uplink() {
      return uplink;
    },
    relayClosed: () => host?.relayClosed ?? false,
    hasTime: () => host?.state().clock.verifiedAtUptimeMs != null,
    async powerOn() {
      host = startChipHost({
        privateKeyPem: keys.privateKeyPem,
        platformKeys: [platform.keys.spki],
        connection: { brokerUrl: `mqtts://127.0.0.1:${wire.port}`, certificatePem, caPem: authority.caPem },
        storage: { dir: flash },
        sensors: () => reading,
      });
    },
    async powerCut() {
      host?.kill();
    },
    async shutDown() {
      await host?.stop();
    },
    send,
    sense(changes) {
      reading = { ...reading, ...changes };
      host?.senseNow();
    },
    cutNetwork: wire.cut,
    mendNetwork: wire.mend,
    holdAcknowledgements(held) {
      holdsAcknowledgements = held;
    },
    forgetUplink() {
      uplink = new UplinkRecord();
    },
    async waitFor(condition) {
      const giveUpAtMs = Date.now() + GIVE_UP_MS;
      while (!condition()) {
        if (Date.now() > giveUpAtMs) throw new Error(`not within ${GIVE_UP_MS} ms: ${condition}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async dispose() {
      host?.kill();
      await client.endAsync(true);
      wire.close();
      rmSync(flash, { recursive: true, force: true });
    },
  };
}
