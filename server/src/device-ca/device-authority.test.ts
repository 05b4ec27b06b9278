import { execFile } from "node:child_process";
import { createPrivateKey, createPublicKey, type webcrypto, X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chipIdFromSpki, VirtualClock } from "@hanyouxu/protocol";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "./chip-csr.ts";
import { type DeviceAuthority, openDeviceAuthority } from "./device-authority.ts";
import { Pkcs10CertificateRequestGenerator, p256, p256WithSha256, X509Crl } from "./x509.ts";

const openssl = (...args: string[]) => promisify(execFile)("openssl", args);
const yearMs = 365 * 86_400_000;

let dir: string;
let authority: DeviceAuthority;
const clock = new VirtualClock(Date.now());

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "hanyouxu-ca-"));
  authority = await openDeviceAuthority(join(dir, "ca"), clock);
});
afterAll(() => rm(dir, { recursive: true }));

async function makeCsr(
  keys?: webcrypto.CryptoKeyPair,
): Promise<{ der: Uint8Array; keys: webcrypto.CryptoKeyPair }> {
  const pair = keys ?? (await crypto.subtle.generateKey(p256, true, ["sign", "verify"]));
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: "CN=ignored",
    keys: pair,
    signingAlgorithm: p256WithSha256,
  });
  return { der: new Uint8Array(request.rawData), keys: pair };
}

async function issued(csr: Uint8Array) {
  const result = await authority.issueChipCertificate(csr);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

describe("the device authority's root", () => {
  it("is the same after a second opening, with a key that only its owner reads", async () => {
    await chmod(join(dir, "ca", "device-ca.key"), 0o644);
    const again = await openDeviceAuthority(join(dir, "ca"), clock);
    expect(again.caCertificatePem).toBe(authority.caCertificatePem);
    expect((await stat(join(dir, "ca", "device-ca.key"))).mode & 0o777).toBe(0o600);
    const pem = await readFile(join(dir, "ca", "device-ca.key"), "utf8");
    expect(createPrivateKey(pem).asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  });

  it("is refused when its two files do not belong together", async () => {
    const other = join(dir, "other");
    await openDeviceAuthority(other, clock);
    await writeFile(join(other, "device-ca.pem"), authority.caCertificatePem);
    await expect(openDeviceAuthority(other, clock)).rejects.toThrow("do not belong together");
  });
});

describe("a chip's certificate", () => {
  it("carries the id derived from the key, not the name that was asked for", async () => {
    const csr = await makeCsr();
    const result = await issued(csr.der);
    const certificate = new X509Certificate(result.certificatePem);
    const spki = new Uint8Array(await crypto.subtle.exportKey("spki", csr.keys.publicKey));
    expect(result.chipId).toBe(chipIdFromSpki(sha256, spki));
    expect(certificate.subject).toBe(`CN=${result.chipId}`);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(result.notAfterMs).toBeLessThanOrEqual(clock.nowMs() + yearMs);
    expect(certificate.serialNumber.toLowerCase()).toBe(result.serialNumber);
  });

  it("has its own serial number each time", async () => {
    const csr = await makeCsr();
    const serials = await Promise.all([1, 2, 3].map(async () => (await issued(csr.der)).serialNumber));
    expect(new Set(serials).size).toBe(3);
  });

  it("verifies with openssl for a client and not for a server", async () => {
    const { certificatePem } = await issued((await makeCsr()).der);
    const [ca, leaf] = [join(dir, "root.pem"), join(dir, "leaf.pem")];
    await writeFile(ca, authority.caCertificatePem);
    await writeFile(leaf, certificatePem);
    const client = await openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", ca, leaf);
    expect(client.stdout).toContain("OK");
    await expect(openssl("verify", "-purpose", "sslserver", "-CAfile", ca, leaf)).rejects.toThrow();
  });

  it("is issued for a request that openssl made", async () => {
    const [key, csr] = [join(dir, "chip.key"), join(dir, "chip.csr")];
    await openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key);
    await openssl("req", "-new", "-key", key, "-subj", "/CN=x", "-outform", "DER", "-out", csr);
    const spki = createPublicKey(await readFile(key, "utf8")).export({ type: "spki", format: "der" });
    expect((await issued(await readFile(csr))).chipId).toBe(chipIdFromSpki(sha256, spki));
  });
});

describe("a request that is not a chip's", () => {
  it("is refused when it was signed by another key", async () => {
    const { der } = await makeCsr();
    const { keys } = await makeCsr();
    const spki = new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey));
    const forged = Buffer.from(der);
    // The last 65 bytes of an SPKI are the point: exchange it, keep the old signature.
    const at = forged.indexOf(Buffer.from("03420004", "hex")) + 3;
    forged.set(spki.subarray(-65), at);
    expect(await authority.issueChipCertificate(forged)).toEqual({
      ok: false,
      reason: "csr-signature-wrong",
    });
  });

  it("is refused when its key is on another curve, or RSA", async () => {
    for (const [algorithm, signing] of [
      [
        { name: "ECDSA", namedCurve: "P-384" },
        { name: "ECDSA", hash: "SHA-256" },
      ],
      [
        {
          name: "RSASSA-PKCS1-v1_5",
          modulusLength: 2048,
          publicExponent: Uint8Array.of(1, 0, 1),
          hash: "SHA-256",
        },
        { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
      ],
    ] as const) {
      const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const request = await Pkcs10CertificateRequestGenerator.create({ keys, signingAlgorithm: signing });
      const answer = await authority.issueChipCertificate(new Uint8Array(request.rawData));
      expect(answer).toEqual({ ok: false, reason: "csr-key-not-p256" });
    }
  });

  it("is refused when the point is not on the curve", async () => {
    const { der } = await makeCsr();
    const broken = Buffer.from(der);
    const at = broken.indexOf(Buffer.from("03420004", "hex")) + 4;
    broken.fill(7, at, at + 64);
    expect(await authority.issueChipCertificate(broken)).toEqual({
      ok: false,
      reason: "csr-signature-wrong",
    });
  });

  it("is refused when it is too long", async () => {
    const answer = await authority.issueChipCertificate(new Uint8Array(2049));
    expect(answer).toEqual({ ok: false, reason: "csr-too-long" });
  });

  it("never makes the authority throw or certify another key, whatever the bytes", async () => {
    const { der } = await makeCsr();
    const { chipId } = await issued(der);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .tuple(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }))
            .map(([at, flip]) => der.map((byte, index) => (index === at ? byte ^ flip : byte))),
          fc.nat(der.length - 1).map((length) => der.subarray(0, length)),
        ),
        async (bytes) => {
          // A flipped bit of the unsigned outer shell can leave the request genuine.
          const answer = await authority.issueChipCertificate(bytes);
          expect(answer.ok ? answer.chipId : chipId).toBe(chipId);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("renewal", () => {
  it("gives a later certificate to the holder of a valid one", async () => {
    const csr = await makeCsr();
    const first = await issued(csr.der);
    const later = new VirtualClock(clock.nowMs() + yearMs / 2);
    const renewing = await openDeviceAuthority(join(dir, "ca"), later);
    const second = await renewing.renewChipCertificate(csr.der, first.certificatePem);
    expect(second).toMatchObject({ ok: true, chipId: first.chipId });
    expect(second.ok && second.notAfterMs).toBeGreaterThan(first.notAfterMs);
  });

  it("refuses an expired, a foreign and somebody else's certificate, and text that is none", async () => {
    const csr = await makeCsr();
    const own = await issued(csr.der);
    const expired = await openDeviceAuthority(join(dir, "ca"), new VirtualClock(clock.nowMs() + 2 * yearMs));
    expect(await expired.renewChipCertificate(csr.der, own.certificatePem)).toEqual({
      ok: false,
      reason: "certificate-expired",
    });
    const elsewhere = await openDeviceAuthority(join(dir, "elsewhere"), clock);
    const foreign = await elsewhere.issueChipCertificate(csr.der);
    const other = await issued((await makeCsr()).der);
    const renew = (pem: string) => authority.renewChipCertificate(csr.der, pem);
    expect(await renew(foreign.ok ? foreign.certificatePem : "")).toMatchObject({
      reason: "certificate-foreign",
    });
    expect(await renew(other.certificatePem)).toMatchObject({ reason: "certificate-of-another-key" });
    expect(await renew("-----BEGIN CERTIFICATE-----")).toMatchObject({ reason: "certificate-malformed" });
  });
});

describe("the other certificates", () => {
  it("name the broker's hosts and addresses", async () => {
    const { certificatePem, keyPem } = await authority.issueServerCertificate(["localhost", "127.0.0.1"]);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
    expect(certificate.verify(new X509Certificate(authority.caCertificatePem).publicKey)).toBe(true);
  });

  it("name the platform towards an external broker", async () => {
    const { certificatePem } = await authority.issuePlatformCertificate();
    expect(new X509Certificate(certificatePem).subject).toBe("CN=platform");
  });
});

describe("the revocation list", () => {
  it("names the revoked certificate to openssl and to the library", async () => {
    const [gone, kept] = [await issued((await makeCsr()).der), await issued((await makeCsr()).der)];
    const pem = await authority.revocationList([
      { serialNumber: gone.serialNumber, revokedAtMs: clock.nowMs() - 1000 },
    ]);
    expect(new X509Crl(pem).findRevoked(gone.serialNumber)).not.toBeNull();
    const [ca, list] = [join(dir, "root.pem"), join(dir, "revoked.pem")];
    await writeFile(ca, authority.caCertificatePem);
    await writeFile(list, pem);
    const check = async (certificatePem: string) => {
      await writeFile(join(dir, "checked.pem"), certificatePem);
      return openssl("verify", "-crl_check", "-CAfile", ca, "-CRLfile", list, join(dir, "checked.pem"));
    };
    expect((await check(kept.certificatePem)).stdout).toContain("OK");
    await expect(check(gone.certificatePem)).rejects.toThrow("revoked");
  });
});
