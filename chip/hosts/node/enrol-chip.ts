import { createCsr } from "./csr.ts";
import {
  type Enrolment,
  type EnrolmentAnswer,
  keepAnswer,
  loadAnswer,
  loadOrCreateKeys,
} from "./enrolment-files.ts";

export interface PlatformOptions {
  /** For example https://platform.example. */
  apiBaseUrl: string;
  /** The chip's folder; see `Enrolment`. */
  dir: string;
  fetch?: typeof fetch;
}

/**
 * Makes the chip's key if its folder has none, and exchanges an installer's one-use token for its certificate
 * (POST /api/chip-enrolments). The key stays over repeated calls.
 * @throws when the platform refuses or answers something that cannot be used
 */
export async function enrolChip(options: PlatformOptions & { token: string }): Promise<Enrolment> {
  const keys = loadOrCreateKeys(options.dir);
  const csr = base64(createCsr(keys));
  const answer = await post(options, "/api/chip-enrolments", { csr, enrolmentToken: options.token });
  return keepAnswer(options.dir, answer, keys);
}

/**
 * Has the certificate of an enrolled chip renewed, with the key that it has: the chip signs a nonce of the platform's
 * together with its request (POST /api/chip-enrolments/renew).
 * @throws when the chip is not enrolled, or the platform refuses
 */
export async function renewCertificate(options: PlatformOptions): Promise<Enrolment> {
  const current = loadAnswer(options.dir);
  if (!current) throw new Error(`no chip is enrolled in ${options.dir}`);
  const keys = loadOrCreateKeys(options.dir);
  const csr = createCsr(keys);
  const { nonce } = await post<{ nonce?: string }>(options, "/api/chip-enrolments/renewal-nonces", undefined);
  if (!nonce) throw new Error("the platform answered without a nonce");
  const proof = keys.signer.sign(Buffer.concat([Buffer.from(`hy1 renew ${nonce}\0`), csr]));
  const renewed = await post(options, "/api/chip-enrolments/renew", {
    csr: base64(csr),
    certificatePem: current.certificatePem,
    nonce,
    proof: base64(proof),
  });
  return keepAnswer(options.dir, { ...current, ...renewed }, keys);
}

async function post<Answer = Partial<EnrolmentAnswer>>(
  options: PlatformOptions,
  path: string,
  body: object | undefined,
): Promise<Answer> {
  const response = await (options.fetch ?? fetch)(new URL(path, options.apiBaseUrl), {
    method: "POST",
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} refused: HTTP ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as Answer;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
