import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChipId } from "@hanyouxu/protocol";
import { createCsr } from "./csr.ts";
import { type ChipKeys, chipKeys, createChipKeys } from "./keys.ts";

/** All that `startChipHost` needs of a chip that the platform knows. */
export interface Enrolment {
  chipId: ChipId;
  privateKeyPem: string;
  certificatePem: string;
  /** Who signs the broker's certificate. */
  caPem: string;
  brokerUrl: string;
  /** SPKI (DER). */
  platformKeys: Uint8Array[];
}

export interface EnrolOptions {
  /** For example https://platform.example. */
  apiBaseUrl: string;
  /** An installer's access token. */
  token: string;
  /** The chip's folder; its key is made there, is readable by its owner only, and never leaves it. */
  dir: string;
  fetch?: typeof fetch;
}

/** POST with the request as base64 of its DER; answers with an `EnrolmentAnswer`. */
export const ENROLMENT_PATH = "/api/chips";

/** What the platform answers, as JSON; keys are base64 of their SPKI. */
export interface EnrolmentAnswer {
  chipId: string;
  certificatePem: string;
  caPem: string;
  brokerUrl: string;
  platformKeys: string[];
}

const PEM = /^-----BEGIN CERTIFICATE-----/;

/**
 * Makes the chip's key if its folder has none, and has the platform certify it. Safe to repeat: the key stays.
 * @throws when the platform refuses or answers something else
 */
export async function enrolChip(options: EnrolOptions): Promise<Enrolment> {
  const keys = loadOrCreateKeys(options.dir);
  const response = await (options.fetch ?? fetch)(new URL(ENROLMENT_PATH, options.apiBaseUrl), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${options.token}` },
    body: JSON.stringify({ csr: Buffer.from(createCsr(keys)).toString("base64") }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`enrolment refused: HTTP ${response.status} ${text.slice(0, 300)}`);
  const answer = readAnswer(text, keys);
  writeWhole(join(options.dir, "enrolment.json"), JSON.stringify(answer, null, 2));
  return enrolmentOf(answer, keys);
}

/** What `enrolChip` left in `dir`, or null. */
export function loadEnrolment(dir: string): Enrolment | null {
  const path = join(dir, "enrolment.json");
  if (!existsSync(path)) return null;
  const keys = loadOrCreateKeys(dir);
  return enrolmentOf(readAnswer(readFileSync(path, "utf8"), keys), keys);
}

function enrolmentOf(answer: EnrolmentAnswer, keys: ChipKeys): Enrolment {
  const { certificatePem, caPem, brokerUrl } = answer;
  const platformKeys = answer.platformKeys.map((key) => new Uint8Array(Buffer.from(key, "base64")));
  const { chipId, privateKeyPem } = keys;
  return { chipId, privateKeyPem, certificatePem, caPem, brokerUrl, platformKeys };
}

function readAnswer(text: string, keys: ChipKeys): EnrolmentAnswer {
  const answer = JSON.parse(text) as Partial<EnrolmentAnswer>;
  const wrongField =
    answer.chipId !== keys.chipId
      ? "chipId"
      : !PEM.test(answer.certificatePem ?? "")
        ? "certificatePem"
        : !PEM.test(answer.caPem ?? "")
          ? "caPem"
          : !URL.canParse(answer.brokerUrl ?? "")
            ? "brokerUrl"
            : !answer.platformKeys?.length
              ? "platformKeys"
              : undefined;
  if (wrongField) throw new Error(`enrolment answered without a usable ${wrongField}`);
  return answer as EnrolmentAnswer;
}

function loadOrCreateKeys(dir: string): ChipKeys {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "key.pem");
  if (existsSync(path)) return chipKeys(readFileSync(path, "utf8"));
  const keys = createChipKeys();
  writeWhole(path, keys.privateKeyPem);
  return keys;
}

/** A crash leaves the whole file or none. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
