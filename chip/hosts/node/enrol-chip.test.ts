import { verify, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openssl, TestAuthority } from "../../testing/test-certificates.ts";
import { createCsrPem } from "./csr.ts";
import { enrolChip, renewCertificate } from "./enrol-chip.ts";
import { loadEnrolment } from "./enrolment-files.ts";
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
  let platform: (path: string, body: Record<string, string>) => { status: number; body: object };

  beforeEach(async () => {
    authority = new TestAuthority(dir);
    server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const { status, body } = platform(request.url!, JSON.parse(text || "{}"));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => server.close());

  function options() {
    const { port } = server.address() as AddressInfo;
    return { apiBaseUrl: `http://127.0.0.1:${port}`, token: "once", dir: join(dir, "chip") };
  }

  /** What a platform answers, each request checked with openssl and the key in the certificate. */
  function genuine(changes: Record<string, unknown> = {}): typeof platform {
    return (path, { csr, enrolmentToken, nonce, proof, certificatePem }) => {
      if (path === "/api/chip-enrolments/renewal-nonces") return { status: 201, body: { nonce: "n0nce" } };
      const der = Buffer.from(csr!, "base64");
      const body = certify(der);
      if (path === "/api/chip-enrolments") {
        const enrolment = { ...body, brokerUrl: "mqtts://127.0.0.1:8883", platformKeys, machineCode: "0000" };
        return enrolmentToken === "once"
          ? { status: 201, body: { ...enrolment, ...changes } }
          : { status: 401, body: {} };
      }
      const isProven = verify(
        "sha256",
        Buffer.concat([Buffer.from("hy1 renew n0nce"), Buffer.of(0), der]),
        { key: new X509Certificate(certificatePem!).publicKey, dsaEncoding: "ieee-p1363" },
        Buffer.from(proof!, "base64"),
      );
      const isRight = path === "/api/chip-enrolments/renew" && nonce === "n0nce" && isProven;
      return { status: isRight ? 200 : 401, body };
    };
  }

  const platformKeys = [
    { algorithm: -7, keyId: "00", spki: Buffer.from(createChipKeys().spki).toString("base64") },
  ];

  function certify(csr: Buffer) {
    const lines = csr
      .toString("base64")
      .match(/.{1,64}/g)!
      .join("\n");
    const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${lines}\n-----END CERTIFICATE REQUEST-----\n`;
    const subject = openssl(["req", "-verify", "-noout", "-subject", "-nameopt", "RFC2253"], pem).trim();
    const chipId = subject.slice("subject=CN=".length);
    const certificatePem = authority.certify(chipId, pem);
    return { chipId, certificatePem, caCertificatePem: authority.caPem, validTo: "2099-01-01T00:00:00Z" };
  }

  it("makes a key that never leaves, has it certified and finds everything again after a restart", async () => {
    platform = genuine();
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
    platform = genuine();
    await expect(enrolChip({ ...options(), token: "used" })).rejects.toThrow(/HTTP 401/);
    for (const field of ["chipId", "certificatePem", "caCertificatePem", "validTo", "brokerUrl"]) {
      platform = genuine({ [field]: "something" });
      await expect(enrolChip(options())).rejects.toThrow(field);
    }
    platform = genuine({ platformKeys: [] });
    await expect(enrolChip(options())).rejects.toThrow("platformKeys");
    expect(loadEnrolment(join(dir, "chip"))).toBeNull();
  });

  it("renews the certificate with the same key, and keeps the rest", async () => {
    platform = genuine();
    const first = await enrolChip(options());
    const second = await renewCertificate(options());
    expect(second.certificatePem).not.toBe(first.certificatePem);
    expect(new X509Certificate(second.certificatePem).subject).toBe(`CN=${first.chipId}`);
    expect({ ...second, certificatePem: "" }).toEqual({ ...first, certificatePem: "" });
    expect(loadEnrolment(join(dir, "chip"))).toEqual(second);
  });
});
