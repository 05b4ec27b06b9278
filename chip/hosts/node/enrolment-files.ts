import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChipId } from "@hanyouxu/protocol";
import { type ChipKeys, chipKeys, createChipKeys } from "./keys.ts";

/** All that `startChipHost` needs of a chip that the platform knows. */
export interface Enrolment {
  chipId: ChipId;
  privateKeyPem: string;
  certificatePem: string;
  /** Who signs the broker's certificate. */
  caPem: string;
  /** mqtts://host:port */
  brokerUrl: string;
  /** SPKI (DER). */
  platformKeys: Uint8Array[];
  /** Of the machine that the chip governs, for its label. */
  machineCode: string;
  /** When the certificate ends: RFC 3339. */
  validTo: string;
}

/** What the platform answers to an enrolment, and what lies in `enrolment.json`. */
export interface EnrolmentAnswer {
  chipId: string;
  certificatePem: string;
  caCertificatePem: string;
  validTo: string;
  brokerUrl: string;
  platformKeys: { spki: string }[];
  machineCode: string;
}

/** What `enrolChip` left in `dir`, or null. */
export function loadEnrolment(dir: string): Enrolment | null {
  const answer = loadAnswer(dir);
  return answer && enrolmentOf(answer, loadOrCreateKeys(dir));
}

export function loadAnswer(dir: string): EnrolmentAnswer | null {
  const path = join(dir, "enrolment.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as EnrolmentAnswer) : null;
}

/** Checks an answer of the platform and keeps it. @throws naming the first field that cannot be used */
export function keepAnswer(dir: string, answer: Partial<EnrolmentAnswer>, keys: ChipKeys): Enrolment {
  const wrongField = findWrongField(answer, keys);
  if (wrongField) throw new Error(`enrolment answered without a usable ${wrongField}`);
  writeWhole(join(dir, "enrolment.json"), JSON.stringify(answer, null, 2));
  return enrolmentOf(answer as EnrolmentAnswer, keys);
}

/** The chip's key: made at the first call, readable by its owner only, never sent. */
export function loadOrCreateKeys(dir: string): ChipKeys {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "key.pem");
  if (existsSync(path)) return chipKeys(readFileSync(path, "utf8"));
  const keys = createChipKeys();
  writeWhole(path, keys.privateKeyPem);
  return keys;
}

const PEM = /^-----BEGIN CERTIFICATE-----/;

function findWrongField(answer: Partial<EnrolmentAnswer>, keys: ChipKeys): keyof EnrolmentAnswer | undefined {
  if (answer.chipId !== keys.chipId) return "chipId";
  if (!PEM.test(answer.certificatePem ?? "")) return "certificatePem";
  if (!PEM.test(answer.caCertificatePem ?? "")) return "caCertificatePem";
  if (Number.isNaN(Date.parse(answer.validTo ?? ""))) return "validTo";
  if (!answer.brokerUrl?.startsWith("mqtts://")) return "brokerUrl";
  if (!answer.platformKeys?.length) return "platformKeys";
  return answer.machineCode ? undefined : "machineCode";
}

function enrolmentOf(answer: EnrolmentAnswer, keys: ChipKeys): Enrolment {
  const { certificatePem, brokerUrl, machineCode, validTo } = answer;
  return {
    chipId: keys.chipId,
    privateKeyPem: keys.privateKeyPem,
    certificatePem,
    caPem: answer.caCertificatePem,
    brokerUrl,
    platformKeys: answer.platformKeys.map(({ spki }) => new Uint8Array(Buffer.from(spki, "base64"))),
    machineCode,
    validTo,
  };
}

/** A crash leaves the whole file or none. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
