import { createHash, createPublicKey, verify } from "node:crypto";
import type { ChipEnrolment } from "@hanyouxu/api";
import { bytesToHex, type ChipId, type MachineId, type PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { readChipCsr } from "../../device-ca/chip-csr.ts";
import type {
  DeviceAuthority,
  IssuedChipCertificate,
  RenewalRejection,
} from "../../device-ca/device-authority.ts";
import { AppError } from "../../errors.ts";
import {
  findOpenToken,
  fitChip,
  insertToken,
  isAnyHeld,
  lockOpenToken,
  machineOfChip,
  markRevoked,
  markTokenUsed,
  renewChip,
  upsertChip,
} from "./queries.ts";
import { isNonceGood } from "./renewal-nonce.ts";

export { RevokedChips, revocationListOf } from "./revoked-chips.ts";

const TOKEN_BYTES = 24;

type TokenContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "audit">;

/** A right to enrol one chip for one machine. The caller has checked who may give it. */
export async function issueEnrolmentToken(
  ctx: TokenContext,
  input: { machineId: MachineId; issuedBy: PersonId; validHours: number },
): Promise<{ enrolmentToken: string; expiresAt: Date }> {
  const enrolmentToken = Buffer.from(ctx.random(TOKEN_BYTES)).toString("base64url");
  const issuedAt = new Date(ctx.clock.nowMs());
  const expiresAt = new Date(issuedAt.getTime() + input.validHours * 3_600_000);
  const id = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await insertToken(tx, {
      enrolment_token_id: id,
      token_digest: digestOf(enrolmentToken),
      machine_id: input.machineId,
      issued_by: input.issuedBy,
      issued_at: issuedAt,
      expires_at: expiresAt,
    });
    await ctx.audit.record(tx, {
      actor: input.issuedBy,
      action: "chip_enrolment.token_issued",
      subject: `machine:${input.machineId}`,
      details: { enrolmentTokenId: id },
    });
  });
  return { enrolmentToken, expiresAt };
}

export interface EnrolmentOptions {
  authority: DeviceAuthority;
  /** What chips are told to connect to. */
  chipBrokerUrl: () => string;
}

/**
 * Certifies a chip and puts it into the token's machine, in place of the chip that was there.
 * @throws AppError chip_enrolment.token_invalid, csr_invalid, chip_revoked, machine_held
 */
export async function enrolChip(
  ctx: Pick<AppContext, "db" | "clock" | "keys" | "audit">,
  options: EnrolmentOptions,
  input: { csrDer: Uint8Array; enrolmentToken: string },
): Promise<ChipEnrolment> {
  const now = new Date(ctx.clock.nowMs());
  const digest = digestOf(input.enrolmentToken);
  // Before any work on the request: strangers must not be able to have requests verified.
  if (!(await findOpenToken(ctx.db, digest, now))) throw new AppError("chip_enrolment.token_invalid");
  const csr = await readChipCsr(input.csrDer);
  const issued = csr.ok ? await options.authority.issueChipCertificate(input.csrDer) : csr;
  if (!csr.ok || !issued.ok) {
    throw new AppError("chip_enrolment.csr_invalid", {
      details: { reason: csr.ok ? "unknown" : csr.reason },
    });
  }
  const machineCode = await ctx.db.transaction().execute(async (tx) => {
    const token = await lockOpenToken(tx, digest, now);
    if (!token) throw new AppError("chip_enrolment.token_invalid");
    const isKept = await upsertChip(tx, { ...certifiedOf(issued), spki: csr.spki, now });
    if (!isKept) throw new AppError("chip_enrolment.chip_revoked");
    const previous = await machineOfChip(tx, issued.chipId);
    const touched =
      previous && previous !== token.machine_id ? [previous, token.machine_id] : [token.machine_id];
    const isMoved = token.chip_id !== issued.chipId;
    if (isMoved && (await isAnyHeld(tx, touched))) throw new AppError("chip_enrolment.machine_held");
    if (isMoved) await fitChip(tx, token.machine_id, issued.chipId);
    await markTokenUsed(tx, token.enrolment_token_id, issued.chipId, now);
    await ctx.audit.record(tx, {
      actor: token.issued_by,
      action: "chip_enrolment.enrolled",
      subject: `chip:${issued.chipId}`,
      details: { machineId: token.machine_id, replacedChipId: isMoved ? token.chip_id : null },
    });
    return token.machine_code;
  });
  return {
    ...certificateAnswer(issued, options.authority),
    brokerUrl: options.chipBrokerUrl(),
    platformKeys: ctx.keys.trusted.map(({ algorithm, keyId, spki }) => ({
      algorithm,
      keyId: bytesToHex(keyId),
      spki: Buffer.from(spki).toString("base64"),
    })),
    machineCode,
  };
}

/**
 * A new certificate for the key of a valid one; the chip shows by signing a fresh nonce that it has the key now.
 * @throws AppError chip_enrolment.nonce_invalid, proof_invalid, csr_invalid, certificate_invalid, chip_revoked
 */
export async function renewCertificate(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  options: { authority: DeviceAuthority; nonceKey: Uint8Array },
  input: { csrDer: Uint8Array; certificatePem: string; nonce: string; proof: Uint8Array },
) {
  if (!isNonceGood(input.nonce, options.nonceKey, ctx.clock))
    throw new AppError("chip_enrolment.nonce_invalid");
  const csr = await readChipCsr(input.csrDer);
  if (!csr.ok) throw new AppError("chip_enrolment.csr_invalid", { details: { reason: csr.reason } });
  if (!isProofGood(csr.spki, renewalProofText(input.nonce, input.csrDer), input.proof)) {
    throw new AppError("chip_enrolment.proof_invalid");
  }
  const issued = await options.authority.renewChipCertificate(input.csrDer, input.certificatePem);
  if (!issued.ok) {
    throw new AppError("chip_enrolment.certificate_invalid", {
      details: { reason: issued.reason satisfies RenewalRejection },
    });
  }
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await renewChip(tx, certifiedOf(issued)))) throw new AppError("chip_enrolment.chip_revoked");
    await ctx.audit.record(tx, {
      actor: "system",
      action: "chip_enrolment.renewed",
      subject: `chip:${issued.chipId}`,
    });
  });
  return certificateAnswer(issued, options.authority);
}

/** What a chip signs to renew. */
export function renewalProofText(nonce: string, csrDer: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`hy1 renew ${nonce}\0`), csrDer]);
}

/** @throws AppError chip.not_found */
export async function revokeChip(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  input: { chipId: ChipId; reason: string; actor: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const isKnown = await markRevoked(tx, input.chipId, input.reason, new Date(ctx.clock.nowMs()));
    if (!isKnown) throw new AppError("chip.not_found");
    await ctx.audit.record(tx, {
      actor: input.actor,
      action: "chip.revoked",
      subject: `chip:${input.chipId}`,
      details: { reason: input.reason },
    });
  });
}

/** A token has 192 random bits, so a plain digest tells nothing about it. */
function digestOf(token: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

function certifiedOf(issued: IssuedChipCertificate) {
  return {
    chipId: issued.chipId,
    certificateSerial: issued.serialNumber,
    certificateNotAfter: new Date(issued.notAfterMs),
  };
}

function certificateAnswer(issued: IssuedChipCertificate, authority: DeviceAuthority) {
  return {
    chipId: issued.chipId,
    certificatePem: issued.certificatePem,
    caCertificatePem: authority.caCertificatePem,
    validTo: new Date(issued.notAfterMs).toISOString(),
  };
}

function isProofGood(spki: Uint8Array, text: Uint8Array, proof: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  return verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, proof);
}
