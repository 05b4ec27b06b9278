import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import type { ChipId, Clock } from "@hanyouxu/protocol";
import { type CsrRejection, isP256Spki, readChipCsr } from "./chip-csr.ts";
import { exportKeyPem, openRootKey, type RootKey } from "./root-key.ts";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  p256,
  p256WithSha256,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from "./x509.ts";

/** A certificate with the private key that belongs to it, both PEM. */
export interface TlsIdentity {
  certificatePem: string;
  keyPem: string;
}

export interface IssuedChipCertificate {
  ok: true;
  chipId: ChipId;
  certificatePem: string;
  /** Hexadecimal; what a revocation names. */
  serialNumber: string;
  notAfterMs: number;
}

export type ChipCertificateResult = IssuedChipCertificate | { ok: false; reason: CsrRejection };

/** Why a certificate that a chip shows for renewal is not one of ours any more. */
export type CertificateRejection = "certificate-malformed" | "certificate-foreign" | "certificate-expired";
export type RenewalRejection = CsrRejection | CertificateRejection | "certificate-of-another-key";

export interface RevokedCertificate {
  serialNumber: string;
  revokedAtMs: number;
}

/** Signs what the chips and the broker show each other: mutual TLS under one P-256 root. */
export interface DeviceAuthority {
  readonly caCertificatePem: string;
  /** @param csrDer PKCS#10 made with the chip's own key; the key never leaves the chip. */
  issueChipCertificate(csrDer: Uint8Array): Promise<ChipCertificateResult>;
  /** The same for a chip that holds a valid certificate: the request must be made with the same key. */
  renewChipCertificate(
    csrDer: Uint8Array,
    currentCertificatePem: string,
  ): Promise<IssuedChipCertificate | { ok: false; reason: RenewalRejection }>;
  /** For the broker's listener. @param hosts names and addresses that chips connect to. */
  issueServerCertificate(hosts: readonly string[]): Promise<TlsIdentity>;
  /** For the platform's own connection to an external broker: CN `platform`. */
  issuePlatformCertificate(): Promise<TlsIdentity>;
  /** The revocation list (RFC 5280 §5) in PEM, for brokers that check certificates without asking the platform. */
  revocationList(revoked: readonly RevokedCertificate[]): Promise<string>;
}

/** The CN of the platform's own certificate; no chip id looks like it. */
export const PLATFORM_COMMON_NAME = "platform";

const DAY_MS = 86_400_000;
export const CHIP_CERTIFICATE_DAYS = 365;
/** A broker that is not given a new list within this time refuses every chip: renew it daily. */
export const REVOCATION_LIST_DAYS = 30;
/** Chips whose clock is a little slow must accept a fresh certificate. */
const BACKDATE_MS = 60 * 60 * 1000;

/**
 * Loads the device authority of `dir`, or creates it there on the first start.
 * @param clock real time: TLS stacks compare validity with the machine's own clock.
 */
export async function openDeviceAuthority(dir: string, clock: Clock): Promise<DeviceAuthority> {
  const root = await openRootKey(dir, clock);
  const issue = (request: LeafRequest) => issueLeaf(root, clock, request);

  async function issueChipCertificate(csrDer: Uint8Array): Promise<ChipCertificateResult> {
    const csr = await readChipCsr(csrDer);
    if (!csr.ok) return csr;
    const certificate = await issue({
      commonName: csr.chipId,
      publicKey: csr.request.publicKey,
      usage: ExtendedKeyUsage.clientAuth,
    });
    return {
      ok: true,
      chipId: csr.chipId,
      certificatePem: `${certificate.toString("pem")}\n`,
      serialNumber: certificate.serialNumber,
      notAfterMs: certificate.notAfter.getTime(),
    };
  }

  async function issueWithNewKey(commonName: string, usage: ExtendedKeyUsage, names: JsonGeneralName[] = []) {
    const keys = await crypto.subtle.generateKey(p256, true, ["sign", "verify"]);
    const certificate = await issue({ commonName, publicKey: keys.publicKey, usage, names });
    return {
      certificatePem: `${certificate.toString("pem")}\n`,
      keyPem: await exportKeyPem(keys.privateKey),
    };
  }

  return {
    caCertificatePem: `${root.certificate.toString("pem")}\n`,
    issueChipCertificate,
    async renewChipCertificate(csrDer, currentCertificatePem) {
      const csr = await readChipCsr(csrDer);
      if (!csr.ok) return csr;
      const current = await readOwnCertificate(root, clock, currentCertificatePem);
      if (!current.ok) return current;
      const sameKey = Buffer.compare(csr.spki, new Uint8Array(current.certificate.publicKey.rawData)) === 0;
      return sameKey ? issueChipCertificate(csrDer) : { ok: false, reason: "certificate-of-another-key" };
    },
    issueServerCertificate(hosts) {
      const names = hosts.map((host): JsonGeneralName => ({ type: isIP(host) ? "ip" : "dns", value: host }));
      return issueWithNewKey(hosts[0] ?? "broker", ExtendedKeyUsage.serverAuth, names);
    },
    issuePlatformCertificate: () => issueWithNewKey(PLATFORM_COMMON_NAME, ExtendedKeyUsage.clientAuth),
    async revocationList(revoked) {
      const list = await X509CrlGenerator.create({
        issuer: root.certificate.subjectName,
        thisUpdate: new Date(clock.nowMs() - BACKDATE_MS),
        nextUpdate: new Date(clock.nowMs() + REVOCATION_LIST_DAYS * DAY_MS),
        entries: revoked.map(({ serialNumber, revokedAtMs }) => ({
          serialNumber,
          revocationDate: new Date(revokedAtMs),
        })),
        extensions: [await AuthorityKeyIdentifierExtension.create(root.certificate.publicKey)],
        signingAlgorithm: p256WithSha256,
        signingKey: root.signingKey,
      });
      // RFC 7468 §6 names the PEM label `X509 CRL`; the library writes `CRL`, which OpenSSL does not read.
      return `${list.toString("pem").replaceAll(" CRL-", " X509 CRL-")}\n`;
    },
  };
}

interface LeafRequest {
  commonName: string;
  publicKey: Parameters<typeof SubjectKeyIdentifierExtension.create>[0];
  usage: ExtendedKeyUsage;
  names?: JsonGeneralName[];
}

async function issueLeaf(root: RootKey, clock: Clock, request: LeafRequest): Promise<X509Certificate> {
  const { names = [] } = request;
  return X509CertificateGenerator.create({
    // RFC 5280 §4.1.2.2: positive, at most 20 bytes.
    serialNumber: Buffer.concat([Buffer.of(0x40 | (randomBytes(1)[0]! & 0x3f)), randomBytes(15)]).toString(
      "hex",
    ),
    subject: [{ CN: [request.commonName] }],
    issuer: root.certificate.subjectName,
    notBefore: new Date(clock.nowMs() - BACKDATE_MS),
    notAfter: new Date(clock.nowMs() + CHIP_CERTIFICATE_DAYS * DAY_MS),
    publicKey: request.publicKey,
    signingKey: root.signingKey,
    signingAlgorithm: p256WithSha256,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([request.usage]),
      await SubjectKeyIdentifierExtension.create(request.publicKey),
      await AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
    ],
  });
}

async function readOwnCertificate(
  root: RootKey,
  clock: Clock,
  pem: string,
): Promise<{ ok: true; certificate: X509Certificate } | { ok: false; reason: CertificateRejection }> {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return { ok: false, reason: "certificate-malformed" };
  }
  if (!isP256Spki(new Uint8Array(certificate.publicKey.rawData))) {
    return { ok: false, reason: "certificate-foreign" };
  }
  const ours = await certificate
    .verify({ publicKey: root.certificate, signatureOnly: true })
    .catch(() => false);
  if (!ours || certificate.issuer !== root.certificate.subject)
    return { ok: false, reason: "certificate-foreign" };
  const nowMs = clock.nowMs();
  if (certificate.notAfter.getTime() < nowMs || certificate.notBefore.getTime() > nowMs) {
    return { ok: false, reason: "certificate-expired" };
  }
  return { ok: true, certificate };
}
