import { chipEnrolmentRoutes } from "@hanyouxu/api";
import type { ChipId, MachineId } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { requireMachine } from "../machines/machines.ts";
import {
  type EnrolmentOptions,
  enrolChip,
  issueEnrolmentToken,
  renewCertificate,
  revokeChip,
} from "./chip-enrolment.ts";
import { requireInstaller, requireRevoker } from "./policy.ts";
import { placeOfChip } from "./queries.ts";
import { issueNonce } from "./renewal-nonce.ts";

export function registerChipEnrolment(
  server: FastifyInstance,
  ctx: AppContext,
  options: EnrolmentOptions,
): void {
  // Chips have no sign-in: guessing and flooding is bounded by address. A campaign enrols through few phones.
  // In the demo all the simulated chips share this machine's.
  const perMinute = ctx.config.demo ? 100_000 : 60;
  const limiter = new RateLimiter(ctx.clock, { burst: perMinute, perMinute });
  const nonceKey = ctx.config.secrets.signInPepper;

  handle(server, chipEnrolmentRoutes.issueEnrolmentToken, async (request) => {
    const { machineId, validHours, oldChip } = request.body;
    const { person, requireReach } = requireInstaller(request);
    const machine = await requireMachine(ctx, machineId);
    requireReach(machine.region_code, machine.enterprise_id);
    if (machine.status === "scrapped") throw new AppError("machine.scrapped");
    const token = await issueEnrolmentToken(ctx, {
      machineId: machineId as MachineId,
      issuedBy: person.personId,
      validHours,
      oldChip,
    });
    return { enrolmentToken: token.enrolmentToken, expiresAt: token.expiresAt.toISOString() };
  });

  handle(server, chipEnrolmentRoutes.enrolChip, async (request) => {
    limiter.take(request.ip);
    const { csr, enrolmentToken } = request.body;
    return await enrolChip(ctx, options, { csrDer: Buffer.from(csr, "base64"), enrolmentToken });
  });

  handle(server, chipEnrolmentRoutes.challengeRenewal, async (request) => {
    limiter.take(request.ip);
    const { nonce, expiresAtMs } = issueNonce(nonceKey, ctx.clock, ctx.random);
    return { nonce, expiresAt: new Date(expiresAtMs).toISOString() };
  });

  handle(server, chipEnrolmentRoutes.renewCertificate, async (request) => {
    limiter.take(request.ip);
    const { csr, proof, certificatePem, nonce } = request.body;
    return await renewCertificate(
      ctx,
      { authority: options.authority, nonceKey },
      { csrDer: Buffer.from(csr, "base64"), proof: Buffer.from(proof, "base64"), certificatePem, nonce },
    );
  });

  handle(server, chipEnrolmentRoutes.revokeChip, async (request) => {
    const { person, requireReach } = requireRevoker(request);
    const chipId = request.params.chipId as ChipId;
    const place = await placeOfChip(ctx.db, chipId);
    if (!place) throw new AppError("chip.not_found");
    requireReach(place.region_code ?? "", place.enterprise_id ?? undefined);
    await revokeChip(ctx, { chipId, reason: request.body.reason, actor: person.personId });
    options.onRevoked(chipId);
    return null;
  });
}
