import { createPrivateKey, createPublicKey, type webcrypto } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@hanyouxu/protocol";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  p256,
  p256WithSha256,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";

export interface RootKey {
  certificate: X509Certificate;
  signingKey: webcrypto.CryptoKey;
}

const CERTIFICATE_FILE = "device-ca.pem";
const KEY_FILE = "device-ca.key";
const ROOT_YEARS = 20;
const DAY_MS = 86_400_000;

/** Loads the root of the device authority from `dir`, or makes it there; the key file is readable by its owner only. */
export async function openRootKey(dir: string, clock: Clock): Promise<RootKey> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const existing = await readPem(join(dir, KEY_FILE));
  if (existing) return loadRootKey(dir, existing);
  const { certificatePem, keyPem } = await generateRoot(clock);
  // The key is written last: a start that was cut in between finds no key and begins again.
  await replaceFile(join(dir, CERTIFICATE_FILE), certificatePem, 0o644);
  try {
    await createFile(join(dir, KEY_FILE), keyPem, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`another process is creating the device authority in ${dir}: start it again`);
  }
  return loadRootKey(dir, keyPem);
}

async function loadRootKey(dir: string, keyPem: string): Promise<RootKey> {
  await chmod(join(dir, KEY_FILE), 0o600);
  const certificatePem = await readPem(join(dir, CERTIFICATE_FILE));
  if (!certificatePem)
    throw new Error(`${join(dir, CERTIFICATE_FILE)} is missing beside its key: restore it`);
  const certificate = new X509Certificate(certificatePem);
  const spki = createPublicKey(createPrivateKey(keyPem)).export({ type: "spki", format: "der" });
  if (Buffer.compare(spki, new Uint8Array(certificate.publicKey.rawData)) !== 0) {
    throw new Error(`${KEY_FILE} and ${CERTIFICATE_FILE} in ${dir} do not belong together: restore both`);
  }
  return { certificate, signingKey: await importSigningKey(keyPem) };
}

async function generateRoot(clock: Clock): Promise<{ certificatePem: string; keyPem: string }> {
  const keys = await crypto.subtle.generateKey(p256, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Hanyouxu device authority",
    keys,
    signingAlgorithm: p256WithSha256,
    notBefore: new Date(clock.nowMs() - DAY_MS),
    notAfter: new Date(clock.nowMs() + ROOT_YEARS * 365 * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: `${certificate.toString("pem")}\n`, keyPem: await exportKeyPem(keys.privateKey) };
}

/** PKCS#8 in PEM. */
export async function exportKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({
    type: "pkcs8",
    format: "pem",
  }) as string;
}

function importSigningKey(keyPem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(keyPem).export({ type: "pkcs8", format: "der" });
  return crypto.subtle.importKey("pkcs8", new Uint8Array(der), p256, false, ["sign"]);
}

async function readPem(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  await rm(path, { force: true });
  await createFile(path, text, mode);
}

/** The file appears whole or not at all, and never over another. */
async function createFile(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.${process.pid}`;
  const file = await open(draft, "w", mode);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await link(draft, path).finally(() => rm(draft));
}
