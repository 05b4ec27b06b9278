import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChipKeys, chipKeys, createChipKeys, createCsrPem } from "@hanyouxu/chip/hosts/node";
import type { MachineId } from "@hanyouxu/protocol";

/** What an installer gives the platform: whose machine, and the chip's request for a certificate. */
export interface EnrolmentRequest {
  machineId: MachineId;
  chipId: string;
  /** PKCS#10 with the chip id as common name. */
  csrPem: string;
}

/** What the platform gives back; all of it public. */
export interface Enrolment {
  certificatePem: string;
  /** Of the broker's and the chips' authority. */
  caPem: string;
  /** mqtts://host:port */
  brokerUrl: string;
  /** The platform's signing keys that the chip shall trust: SPKI, DER, base64. */
  platformKeys: readonly string[];
  /** For the label on the machine. */
  machineCode: string;
}

export type EnrolChip = (request: EnrolmentRequest) => Promise<Enrolment>;

export interface ChipIdentity {
  keys: ChipKeys;
  enrolment: Enrolment;
  /** The chip's own folder: key, enrolment, flash. */
  dir: string;
}

/** The chip that was put into the machine earlier, or a new one with a key of its own, enrolled now. */
export async function openChipIdentity(
  root: string,
  machineId: MachineId,
  enrol: EnrolChip,
): Promise<ChipIdentity> {
  const dir = join(root, machineId);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keyPath = join(dir, "key.pem");
  const enrolmentPath = join(dir, "enrolment.json");
  const keys = existsSync(keyPath) ? chipKeys(readFileSync(keyPath, "utf8")) : createChipKeys();
  writeWhole(keyPath, keys.privateKeyPem);
  if (existsSync(enrolmentPath)) {
    return { keys, dir, enrolment: JSON.parse(readFileSync(enrolmentPath, "utf8")) as Enrolment };
  }
  const enrolment = await enrol({ machineId, chipId: keys.chipId, csrPem: createCsrPem(keys) });
  writeWhole(enrolmentPath, JSON.stringify(enrolment));
  return { keys, dir, enrolment };
}

/** A killed process leaves the old file or the new one, never half of one. */
function writeWhole(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
