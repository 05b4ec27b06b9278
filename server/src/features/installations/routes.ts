import { installationRoutes } from "@hanyouxu/api";
import type { ChipId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { authenticCode } from "../labels/labels.ts";
import { openPhoto } from "../photos/photos.ts";
import { requireCampaign } from "../retrofit/retrofit.ts";
import { hasRole, requireRole, requireScope, requireSight, scopeOf, sightOf } from "../sign-in/sign-in.ts";
import { issueToken, signInstallation, testRelay } from "./finish-installation.ts";
import {
  installationDetail,
  isChipOnline,
  listInstallations,
  requireInstallation,
} from "./installation-view.ts";
import {
  abandonInstallation,
  addPhoto,
  confirmProfile,
  registerMachine,
  setLabel,
  setPosition,
  startInstallation,
} from "./installations.ts";
import { countInstallations, findEnterprises, type InstallationRow, selectPhoto } from "./queries.ts";

const STAFF = ["operator", "regulator"] as const;
const LOOKERS = [...STAFF, "installer"] as const;

export function registerInstallations(server: FastifyInstance, ctx: AppContext): void {
  const installerOf = (request: FastifyRequest) => requireRole(request, "installer");

  /** One's own, or one within the caller's regions. */
  async function visible(request: FastifyRequest, installationId: string) {
    const { person } = requireSight(request, "machines", "rows", LOOKERS);
    const row = await requireInstallation(ctx, installationId);
    if (row.installer_id !== person.personId) {
      if (!hasRole(person, ...STAFF)) throw new AppError("role.forbidden");
      requireScope(sightOf(person, "machines", "rows", STAFF), row.region_code ?? row.campaign_region);
    }
    return { row, person };
  }

  /** A picture with who looked at it; pictures show people and places. */
  async function picture(request: FastifyRequest, reply: FastifyReply, row: InstallationRow, blobId: string) {
    const { type, bytes } = await openPhoto(ctx, blobId);
    reply.type(type);
    await ctx.audit.record(ctx.db, {
      actor: request.person!.personId,
      action: "installation.picture_read",
      subject: `installation:${row.installation_id}`,
      details: { blobId },
    });
    return Buffer.from(bytes);
  }

  handle(server, installationRoutes.startInstallation, async (request) => {
    const { campaignId, chipId } = request.body;
    const installationId = await startInstallation(ctx, installerOf(request), {
      campaignId,
      chipId: chipId as ChipId,
    });
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.listOwnInstallations, async (request) => {
    const filter = { installerId: installerOf(request).personId };
    const { page, pageSize } = request.query;
    const items = await listInstallations(ctx, filter, pageSize, (page - 1) * pageSize);
    return { items, total: await countInstallations(ctx.db, filter), page, pageSize };
  });

  handle(server, installationRoutes.listInstallations, async (request) => {
    const { scope } = requireSight(request, "machines", "rows", STAFF);
    const { campaign_id } = await requireCampaign(ctx, request.params.campaignId);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, campaignId: campaign_id, scope };
    const items = await listInstallations(ctx, filter, pageSize, (page - 1) * pageSize);
    return { items, total: await countInstallations(ctx.db, filter), page, pageSize };
  });

  handle(server, installationRoutes.getInstallation, async (request) => {
    const { row } = await visible(request, request.params.installationId);
    return await installationDetail(ctx, row.installation_id);
  });

  handle(server, installationRoutes.setInstallationLabel, async (request) => {
    const person = installerOf(request);
    const { installationId } = request.params;
    const machineCode = await authenticCode(ctx, request.body.machineCode, person.personId);
    await setLabel(ctx, person, installationId, machineCode);
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.setInstallationMachine, async (request) => {
    const { installationId } = request.params;
    await registerMachine(ctx, installerOf(request), installationId, request.body);
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.findEnterprises, async (request) => {
    const scope = scopeOf(installerOf(request), "installer");
    const rows = await findEnterprises(ctx.db, scope, request.query.text);
    return {
      enterprises: rows.map((row) => ({
        enterpriseId: row.enterprise_id,
        name: row.name,
        regionName: row.region_name,
      })),
    };
  });

  handle(server, installationRoutes.addInstallationPhoto, async (request) => {
    const { installationId } = request.params;
    await addPhoto(ctx, installerOf(request), installationId, Buffer.from(request.body.picture, "base64"));
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.getInstallationPhoto, async (request, reply) => {
    requireSight(request, "machines", "rows", LOOKERS);
    const photo = await selectPhoto(ctx.db, request.params.photoId);
    if (!photo) throw new AppError("photo.not_found");
    const { row } = await visible(request, photo.installation_id);
    return await picture(request, reply, row, photo.photo_id);
  });

  handle(server, installationRoutes.setInstallationPosition, async (request) => {
    const { installationId } = request.params;
    await setPosition(ctx, installerOf(request), installationId, request.body.position);
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.confirmProfile, async (request) => {
    const { installationId } = request.params;
    await confirmProfile(ctx, installerOf(request), installationId);
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.issueInstallationToken, async (request) => {
    const token = await issueToken(ctx, installerOf(request), request.params.installationId);
    return { enrolmentToken: token.enrolmentToken, expiresAt: token.expiresAt.toISOString() };
  });

  handle(server, installationRoutes.testRelay, async (request) => {
    const { installationId } = request.params;
    await testRelay(ctx, installerOf(request), installationId, (row) => isChipOnline(row, ctx.clock.nowMs()));
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.signInstallation, async (request) => {
    const { installationId } = request.params;
    await signInstallation(
      ctx,
      installerOf(request),
      installationId,
      Buffer.from(request.body.picture, "base64"),
    );
    return await installationDetail(ctx, installationId);
  });

  handle(server, installationRoutes.getInstallationSignature, async (request, reply) => {
    const { row } = await visible(request, request.params.installationId);
    if (row.signature_blob_id === null) throw new AppError("photo.not_found");
    return await picture(request, reply, row, row.signature_blob_id);
  });

  handle(server, installationRoutes.abandonInstallation, async (request) => {
    const { installationId } = request.params;
    await abandonInstallation(ctx, installerOf(request), installationId, request.body);
    return await installationDetail(ctx, installationId);
  });
}
