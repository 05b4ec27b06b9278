import type { RetrofitCampaign, RetrofitCampaignDetail } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import { selectFigures, selectStores, sumOf, type TownshipFigures } from "./figures.ts";
import {
  type CampaignRow,
  countRegions,
  insertCampaign,
  lockCampaign,
  replaceInstallers,
  selectCampaigns,
  selectInstallerChoices,
  selectInstallers,
  setClosed,
} from "./queries.ts";

type CampaignContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

export interface NewCampaign {
  name: string;
  region: string;
  note: string;
  targets: readonly { region: string; machineCount: number }[];
}

/** @throws AppError region.not_found, campaign.township_outside */
export async function makeCampaign(
  ctx: CampaignContext,
  { name, region, note, targets }: NewCampaign,
  by: PersonId,
): Promise<string> {
  const campaignId = ctx.newId();
  const townships = [...new Set(targets.map((target) => target.region))];
  await ctx.db.transaction().execute(async (tx) => {
    if ((await countRegions(tx, [region])) === 0) throw new AppError("region.not_found");
    const isInside = townships.every((township) => township.startsWith(region));
    const areKnown = (await countRegions(tx, townships)) === townships.length;
    if (!isInside || !areKnown || townships.length < targets.length) {
      throw new AppError("campaign.township_outside");
    }
    await insertCampaign(
      tx,
      {
        campaign_id: campaignId,
        name,
        region_code: region as RegionCode,
        status: "open",
        note,
        made_at: new Date(ctx.clock.nowMs()),
        made_by: by,
      },
      targets,
    );
    await ctx.audit.record(tx, {
      actor: by,
      action: "campaign.made",
      subject: `campaign:${campaignId}`,
      details: { region, townships: townships.length },
    });
  });
  return campaignId;
}

/** @throws AppError campaign.not_found, campaign.closed */
export async function closeCampaign(ctx: CampaignContext, campaignId: string, by: PersonId): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId);
    if (!campaign) throw new AppError("campaign.not_found");
    if (campaign.status === "closed") throw new AppError("campaign.closed");
    await setClosed(tx, campaignId);
    await ctx.audit.record(tx, { actor: by, action: "campaign.closed", subject: `campaign:${campaignId}` });
  });
}

/** @throws AppError installer.not_found */
export async function assignInstallers(
  ctx: CampaignContext,
  campaign: CampaignRow,
  personIds: readonly PersonId[],
  by: PersonId,
): Promise<void> {
  const asked = [...new Set(personIds)];
  await ctx.db.transaction().execute(async (tx) => {
    const choices = await selectInstallerChoices(tx, campaign.region_code);
    const known = new Set(choices.map(({ person_id }) => person_id));
    if (!asked.every((personId) => known.has(personId))) throw new AppError("installer.not_found");
    await replaceInstallers(tx, campaign.campaign_id, asked);
    await ctx.audit.record(tx, {
      actor: by,
      action: "campaign.installers_assigned",
      subject: `campaign:${campaign.campaign_id}`,
      details: { personIds: asked },
    });
  });
}

/** @throws AppError campaign.not_found */
export async function requireCampaign(ctx: Pick<AppContext, "db">, campaignId: string): Promise<CampaignRow> {
  const [row] = await selectCampaigns(ctx.db, { campaignId }, 1, 0);
  if (!row) throw new AppError("campaign.not_found");
  return row;
}

/** Campaigns as who reaches `scope` sees them: figures of the places within it only. */
export async function campaignsOf(
  ctx: Pick<AppContext, "db">,
  rows: readonly CampaignRow[],
  scope: Scope,
): Promise<{ campaign: RetrofitCampaign; townships: TownshipFigures[] }[]> {
  const ids = rows.map(({ campaign_id }) => campaign_id);
  const figures = await selectFigures(ctx.db, ids);
  const stores = await selectStores(ctx.db, ids);
  return rows.map((row) => {
    const isWhole = isInScope(scope, row.region_code);
    const own = figures.filter(
      ({ campaignId, region }) =>
        campaignId === row.campaign_id && (region === null ? isWhole : isInScope(scope, region)),
    );
    const store = stores.get(row.campaign_id) ?? { received: 0, inStore: 0 };
    return {
      townships: own.filter(({ region }) => region !== null),
      campaign: {
        campaignId: row.campaign_id,
        name: row.name,
        region: row.region_code,
        regionName: row.region_name,
        status: row.status,
        note: row.note,
        madeAt: row.made_at.toISOString(),
        received: isWhole ? store.received : null,
        inStore: isWhole ? store.inStore : null,
        totals: sumOf(own),
      },
    };
  });
}

export async function campaignDetailOf(
  ctx: Pick<AppContext, "db" | "personalData">,
  row: CampaignRow,
  scope: Scope,
): Promise<RetrofitCampaignDetail> {
  const [seen] = await campaignsOf(ctx, [row], scope);
  const installers = await selectInstallers(ctx.db, row.campaign_id);
  return {
    ...seen!.campaign,
    townships: seen!.townships.map(({ campaignId: _, ...township }) => ({
      ...township,
      region: township.region!,
      regionName: township.regionName ?? "",
    })),
    installers: installersOf(ctx, installers),
  };
}

export function installersOf(
  ctx: Pick<AppContext, "personalData">,
  rows: readonly { person_id: PersonId; name_ciphertext: Uint8Array }[],
) {
  return rows.map(({ person_id, name_ciphertext }) => ({
    personId: person_id,
    name: maskName(ctx.personalData.open("name", name_ciphertext)),
  }));
}

export { type CampaignRow, lockCampaign, selectCampaigns, selectExport } from "./queries.ts";
export { setChipState } from "./stock.ts";
