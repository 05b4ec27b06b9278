import { retrofitRoutes, type SightLevel } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { writeWorkbook } from "../../sheets/sheets.ts";
import { hasRole, requireScope, requireSight, type Scope } from "../sign-in/sign-in.ts";
import { campaignSheets } from "./campaign-sheets.ts";
import {
  type CampaignRow,
  countCampaigns,
  countMovements,
  selectCampaigns,
  selectInstallerChoices,
  selectMovements,
  selectTownships,
} from "./queries.ts";
import {
  assignInstallers,
  campaignDetailOf,
  campaignsOf,
  closeCampaign,
  installersOf,
  makeCampaign,
  requireCampaign,
  selectExport,
} from "./retrofit.ts";
import { movementOf, moveStock } from "./stock.ts";

/** Who plans campaigns and books chips, each within the regions of the role. */
const STAFF = ["operator", "regulator"] as const;

export function registerRetrofit(server: FastifyInstance, ctx: AppContext): void {
  const staffOf = (request: FastifyRequest, level: SightLevel = "rows") => {
    const { person, scope } = requireSight(request, "machines", level, STAFF);
    return { by: person.personId, scope };
  };
  /** A campaign that meets the caller's regions, from above or below. */
  async function visible(scope: Scope, campaignId: string): Promise<CampaignRow> {
    const row = await requireCampaign(ctx, campaignId);
    const [meets] = await selectCampaigns(ctx.db, { campaignId, scope }, 1, 0);
    if (!meets) throw new AppError("region.out_of_scope");
    return row;
  }
  /** A campaign all of which the caller reaches. */
  async function whole(request: FastifyRequest, campaignId: string) {
    const { by, scope } = staffOf(request);
    const row = await requireCampaign(ctx, campaignId);
    requireScope(scope, row.region_code);
    return { by, scope, row };
  }

  handle(server, retrofitRoutes.makeCampaign, async (request) => {
    const { by, scope } = staffOf(request);
    requireScope(scope, request.body.region);
    const campaignId = await makeCampaign(ctx, request.body, by);
    return await campaignDetailOf(ctx, await requireCampaign(ctx, campaignId), scope);
  });

  handle(server, retrofitRoutes.listCampaigns, async (request) => {
    const { person, scope } = requireSight(request, "machines", "counts", [...STAFF, "installer"]);
    const { page, pageSize, ...query } = request.query;
    const installerId = hasRole(person, ...STAFF) ? undefined : person.personId;
    const filter = { ...query, scope, installerId };
    const rows = await selectCampaigns(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = (await campaignsOf(ctx, rows, scope)).map(({ campaign }) => campaign);
    return { items, total: await countCampaigns(ctx.db, filter), page, pageSize };
  });

  handle(server, retrofitRoutes.getCampaign, async (request) => {
    const { scope } = staffOf(request, "counts");
    return await campaignDetailOf(ctx, await visible(scope, request.params.campaignId), scope);
  });

  handle(server, retrofitRoutes.closeCampaign, async (request) => {
    const { by, scope, row } = await whole(request, request.params.campaignId);
    await closeCampaign(ctx, row.campaign_id, by);
    return await campaignDetailOf(ctx, await requireCampaign(ctx, row.campaign_id), scope);
  });

  handle(server, retrofitRoutes.assignInstallers, async (request) => {
    const { by, scope, row } = await whole(request, request.params.campaignId);
    await assignInstallers(ctx, row, request.body.personIds as PersonId[], by);
    return await campaignDetailOf(ctx, row, scope);
  });

  handle(server, retrofitRoutes.listInstallers, async (request) => {
    const { row } = await whole(request, request.params.campaignId);
    return { installers: installersOf(ctx, await selectInstallerChoices(ctx.db, row.region_code)) };
  });

  handle(server, retrofitRoutes.listRetrofitTownships, async (request) => {
    const { scope } = staffOf(request, "counts");
    const rows = await selectTownships(ctx.db, scope, request.query.region);
    return {
      townships: rows.map((row) => ({
        region: row.region_code,
        regionName: row.name,
        machineCount: row.machine_count,
      })),
    };
  });

  handle(server, retrofitRoutes.moveStock, async (request) => {
    const { by, scope } = staffOf(request);
    const row = await requireCampaign(ctx, request.params.campaignId);
    const { body } = request;
    // Filling a township takes from the store, which is the whole campaign's.
    const isOwnTownship = body.kind === "return" || body.kind === "defective";
    requireScope(scope, isOwnTownship ? (body.region ?? row.region_code) : row.region_code);
    const movementId = await moveStock(ctx, row.campaign_id, body, by);
    const [movement] = await selectMovements(ctx.db, { campaignId: row.campaign_id, movementId }, 1, 0);
    return movementOf(ctx, movement!);
  });

  handle(server, retrofitRoutes.listMovements, async (request) => {
    const { scope } = staffOf(request);
    const row = await visible(scope, request.params.campaignId);
    const { page, pageSize, ...query } = request.query;
    const isWhole = scope.everywhere || scope.regions.some((code) => row.region_code.startsWith(code));
    const filter = { ...query, campaignId: row.campaign_id, scope: isWhole ? undefined : scope };
    const rows = await selectMovements(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((movement) => movementOf(ctx, movement));
    return { items, total: await countMovements(ctx.db, filter), page, pageSize };
  });

  handle(server, retrofitRoutes.exportCampaign, async (request, reply) => {
    const { by, scope } = staffOf(request);
    const row = await visible(scope, request.params.campaignId);
    const campaign = await campaignDetailOf(ctx, row, scope);
    const installations = await selectExport(ctx.db, row.campaign_id, scope);
    await ctx.audit.record(ctx.db, {
      actor: by,
      action: "campaign.exported",
      subject: `campaign:${row.campaign_id}`,
      details: { installations: installations.length },
    });
    reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("content-disposition", `attachment; filename="campaign-${row.campaign_id}.xlsx"`);
    return Buffer.from(await writeWorkbook(campaignSheets(campaign, installations)));
  });
}
