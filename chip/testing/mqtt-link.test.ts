import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LinkListener } from "@hanyouxu/chip";
import { createChipKeys, createCsrPem, createMqttLink } from "@hanyouxu/chip/hosts/node";
import type { ChipId } from "@hanyouxu/protocol";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBroker, type TestBroker } from "./test-broker.ts";
import { TestAuthority } from "./test-certificates.ts";
import { freePort } from "./wire.ts";

let broker: TestBroker;
beforeAll(async () => {
  broker = await startTestBroker();
});
afterAll(() => broker.stop());

function linkOf(changes: { chipId?: ChipId; caPem?: string; port?: number; authority?: TestAuthority } = {}) {
  const keys = createChipKeys();
  const authority = changes.authority ?? broker.authority;
  const link = createMqttLink({
    chipId: changes.chipId ?? keys.chipId,
    brokerUrl: `mqtts://127.0.0.1:${changes.port ?? broker.port}`,
    privateKeyPem: keys.privateKeyPem,
    certificatePem: authority.certify(keys.chipId, createCsrPem(keys)),
    caPem: changes.caPem ?? broker.authority.caPem,
  });
  return { keys, link };
}

/** How one attempt ends. */
function attempt(link: ReturnType<typeof linkOf>["link"], onDownlink: LinkListener["onDownlink"] = () => {}) {
  return new Promise<"up" | "down">((resolve) => {
    link.open(new Uint8Array([1]), { onUp: () => resolve("up"), onDown: () => resolve("down"), onDownlink });
  });
}

describe("the link over MQTT", () => {
  it("comes up once its own topic is subscribed, and carries messages down", async () => {
    const received: Uint8Array[] = [];
    const { keys, link } = linkOf();
    expect(await attempt(link, (bytes) => received.push(bytes))).toBe("up");
    const { keyPem, certificatePem } = broker.authority.issue("platform");
    const platform = await connectAsync(`mqtts://127.0.0.1:${broker.port}`, {
      key: keyPem,
      cert: certificatePem,
      ca: broker.authority.caPem,
      protocolVersion: 4,
    });
    await platform.publishAsync(`hy1/${keys.chipId}/d`, Buffer.from([7, 8]), { qos: 1 });
    await expect.poll(() => received).toEqual([new Uint8Array([7, 8])]);
    await platform.endAsync();
    await link.close();
  });

  it("does not come up at a broker whose certificate another authority signed", async () => {
    const dir = mkdtempSync(join(tmpdir(), "chip-other-ca-"));
    const other = new TestAuthority(dir);
    expect(await attempt(linkOf({ caPem: other.caPem }).link)).toBe("down");
    rmSync(dir, { recursive: true });
  });

  it("does not come up with a certificate that the broker's authority has not signed", async () => {
    const dir = mkdtempSync(join(tmpdir(), "chip-other-ca-"));
    expect(await attempt(linkOf({ authority: new TestAuthority(dir) }).link)).toBe("down");
    rmSync(dir, { recursive: true });
  });

  it("does not come up where nobody listens", async () => {
    expect(await attempt(linkOf({ port: await freePort() }).link)).toBe("down");
  });

  it("reports one end for each attempt, also when another takes its place", async () => {
    const { link } = linkOf();
    const ends: string[] = [];
    const listener = (name: string): LinkListener => ({
      onUp: () => ends.push(`${name} up`),
      onDown: () => ends.push(`${name} down`),
      onDownlink: () => {},
    });
    link.open(new Uint8Array([1]), listener("first"));
    link.open(new Uint8Array([1]), listener("second"));
    await expect.poll(() => ends).toEqual(["second up"]);
    await link.close();
    await link.close();
    expect(ends).toEqual(["second up"]);
  });

  it("drops what is published without a connection", async () => {
    const { link } = linkOf();
    link.publish("e", new Uint8Array([1]));
    link.abort();
    await link.close();
  });
});
