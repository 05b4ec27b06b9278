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
import { insertStep, refit } from "../machine-life/machine-life.ts";
import {
  findOpenToken,
  insertToken,
  isAnyHeld,
  lockOpenToken,
  machineOfChip,
  markRevoked,
  markTokenUsed,
  putChipIn,
  renewChip,
  takeChipOut,
  upsertChip,
} from "./queries.ts";
import { isNonceGood } from "./renewal-nonce.ts";

export { RevokedChips, revocationListOf } from "./revoked-chips.ts";

const TOKEN_BYTES = 24;

type TokenContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "audit">;

/** A right to enrol one chip for one machine. The caller has checked who may give it. */
export async function issueEnrolmentToken(
  ctx: TokenContext,
  input: { machineId: MachineId; issuedBy: PersonId; validHours: number; oldChip: "unbind" | "revoke" },
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
      old_chip: input.oldChip,
    });
    await ctx.audit.record(tx, {
      actor: input.issuedBy,
      action: "chip_enrolment.token_issued",
      subject: `machine:${input.machineId}`,
      details: { enrolmentTokenId: id, oldChip: input.oldChip },
    });
  });
  return { enrolmentToken, expiresAt };
}

export interface EnrolmentOptions {
  authority: DeviceAuthority;
  /** What chips are told to connect to. */
  chipBrokerUrl: () => string;
  /** The broker and whoever else must not listen to the chip any more. */
  onRevoked: (chipId: ChipId) => void;
}

/**
 * Certifies a chip and puts it into the token's machine, in place of the chip that was there; that one is then free, or
 * revoked where the token says so. Code, label and history stay the machine's.
 * @throws AppError chip_enrolment.token_invalid, csr_invalid, chip_revoked, machine_held; machine.scrapped
 */
export async function enrolChip(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "keys" | "audit">,
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
  const { machineCode, revokedChipId } = await ctx.db.transaction().execute(async (tx) => {
    const token = await lockOpenToken(tx, digest, now);
    if (!token) throw new AppError("chip_enrolment.token_invalid");
    if (token.status === "scrapped") throw new AppError("machine.scrapped");
    const isKept = await upsertChip(tx, { ...certifiedOf(issued), spki: csr.spki, now });
    if (!isKept) throw new AppError("chip_enrolment.chip_revoked");
    const previous = await machineOfChip(tx, issued.chipId);
    const touched =
      previous && previous !== token.machine_id ? [previous, token.machine_id] : [token.machine_id];
    const isMoved = token.chip_id !== issued.chipId;
    if (isMoved && (await isAnyHeld(tx, touched))) throw new AppError("chip_enrolment.machine_held");
    const revokedChipId = isMoved && token.old_chip === "revoke" ? token.chip_id : null;
    if (isMoved) {
      await swapChip(ctx, tx, token, { chipId: issued.chipId, previous, revokedChipId });
    }
    await markTokenUsed(tx, token.enrolment_token_id, issued.chipId, now);
    await ctx.audit.record(tx, {
      actor: token.issued_by,
      action: "chip_enrolment.enrolled",
      subject: `chip:${issued.chipId}`,
      details: { machineId: token.machine_id, replacedChipId: isMoved ? token.chip_id : null, revokedChipId },
    });
    return { machineCode: token.machine_code, revokedChipId };
  });
  if (revokedChipId) options.onRevoked(revokedChipId);
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

type OpenToken = NonNullable<Awaited<ReturnType<typeof lockOpenToken>>>;

/** The chip leaves the machine it governed, and takes the place of the one in the token's machine. */
async function swapChip(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Parameters<typeof lockOpenToken>[0],
  token: OpenToken,
  {
    chipId,
    previous,
    revokedChipId,
  }: { chipId: ChipId; previous: MachineId | undefined; revokedChipId: ChipId | null },
): Promise<void> {
  const { machine_id: machineId, issued_by: actor } = token;
  const at = new Date(ctx.clock.nowMs());
  if (previous) {
    await takeChipOut(tx, previous);
    await insertStep(ctx, tx, {
      machineId: previous,
      actor,
      step: "remove-chip",
      details: { chipId, toMachineId: machineId },
    });
  }
  if (revokedChipId) await markRevoked(tx, revokedChipId, "replaced", at);
  await refit(tx, {
    fittingId: ctx.newId(),
    machineId,
    chipId,
    actor,
    at,
    revokesOld: revokedChipId !== null,
  });
  const to = token.status === "registered" ? "fitted" : token.status;
  await putChipIn(tx, machineId, chipId, to);
  const details = { chipId, replacedChipId: token.chip_id, revokedChipId };
  await insertStep(ctx, tx, { machineId, actor, step: "fit-chip", from: token.status, to, details });
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
