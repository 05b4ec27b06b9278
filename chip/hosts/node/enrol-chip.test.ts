import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openssl, TestAuthority } from "../../testing/test-certificates.ts";
import { createCsrPem } from "./csr.ts";
import { enrolChip, loadEnrolment } from "./enrol-chip.ts";
import { chipKeys, createChipKeys } from "./keys.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "chip-enrol-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("a certification request", () => {
  it("is what openssl verifies, with the chip id as its name", () => {
    for (let round = 0; round < 5; round++) {
      const keys = createChipKeys();
      const text = openssl(
        ["req", "-verify", "-noout", "-subject", "-nameopt", "RFC2253"],
        createCsrPem(keys),
      );
      expect(text.trim()).toBe(`subject=CN=${keys.chipId}`);
    }
  });

  it("does not verify when a byte of it is altered", () => {
    const pem = createCsrPem(createChipKeys());
    const [head, body, tail] = pem.split(/(?<=REQUEST-----\n)|(?=\n-----END)/) as [string, string, string];
    const der = Buffer.from(body, "base64");
    der[40]! ^= 1;
    const altered = `${head}${der
      .toString("base64")
      .match(/.{1,64}/g)!
      .join("\n")}${tail}`;
    expect(() => openssl(["req", "-verify", "-noout"], altered)).toThrow();
  });
});

describe("enrolment", () => {
  let server: Server;
  let authority: TestAuthority;
  let answer: (csr: string, token: string | undefined) => { status: number; body: string };

  beforeEach(async () => {
    authority = new TestAuthority(dir);
    server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const isRight = request.method === "POST" && request.url === "/api/chips";
      const { status, body } = isRight
        ? answer((JSON.parse(text) as { csr: string }).csr, request.headers.authorization)
        : { status: 404, body: "" };
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => server.close());

  function options() {
    const { port } = server.address() as AddressInfo;
    return { apiBaseUrl: `http://127.0.0.1:${port}`, token: "installer", dir: join(dir, "chip") };
  }

  function certify(changes: Record<string, unknown> = {}) {
    return (csr: string, token: string | undefined) => {
      if (token !== "Bearer installer") return { status: 401, body: "{}" };
      const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${csr.match(/.{1,64}/g)!.join("\n")}\n-----END CERTIFICATE REQUEST-----\n`;
      const chipId = openssl(["req", "-noout", "-subject", "-nameopt", "RFC2253"], pem)
        .trim()
        .slice("subject=CN=".length);
      const body = {
        chipId,
        certificatePem: authority.certify(chipId, pem),
        caPem: authority.caPem,
        brokerUrl: "mqtts://127.0.0.1:8883",
        platformKeys: [Buffer.from(createChipKeys().spki).toString("base64")],
        ...changes,
      };
      return { status: 200, body: JSON.stringify(body) };
    };
  }

  it("makes a key that never leaves, has it certified and finds everything again after a restart", async () => {
    answer = certify();
    const enrolment = await enrolChip(options());
    expect(statSync(join(dir, "chip", "key.pem")).mode & 0o077).toBe(0);
    const keys = chipKeys(readFileSync(join(dir, "chip", "key.pem"), "utf8"));
    expect(enrolment.chipId).toBe(keys.chipId);
    const certificate = new X509Certificate(enrolment.certificatePem);
    expect(certificate.subject).toBe(`CN=${keys.chipId}`);
    expect(certificate.publicKey.export({ type: "spki", format: "der" })).toEqual(Buffer.from(keys.spki));
    expect(loadEnrolment(join(dir, "chip"))).toEqual(enrolment);
    expect((await enrolChip(options())).chipId).toBe(enrolment.chipId);
  });

  it("says why when the platform refuses or answers something unusable", async () => {
    answer = certify();
    await expect(enrolChip({ ...options(), token: "nobody" })).rejects.toThrow(/HTTP 401/);
    for (const field of ["chipId", "certificatePem", "caPem", "brokerUrl"]) {
      answer = certify({ [field]: "something" });
      await expect(enrolChip(options())).rejects.toThrow(field);
    }
    answer = certify({ platformKeys: [] });
    await expect(enrolChip(options())).rejects.toThrow("platformKeys");
    expect(loadEnrolment(join(dir, "chip"))).toBeNull();
  });
});
