import type { NewStockMovement, StockMovement } from "@hanyouxu/api";
import type { ChipId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import type { RetrofitChipsTable } from "../../db/tables/retrofit.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { selectFigures, selectStores } from "./figures.ts";
import { countRegions, insertMovement, lockCampaign, type selectMovements } from "./queries.ts";

type StockContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

/**
 * Books one movement, if what it takes is there.
 * @throws AppError campaign.not_found, campaign.closed, campaign.township_outside, chip_stock.short,
 *   installation.chip_unfit, installation.chip_in_use
 */
export async function moveStock(
  ctx: StockContext,
  campaignId: string,
  movement: NewStockMovement,
  by: PersonId,
): Promise<string> {
  return await ctx.db.transaction().execute(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId);
    if (!campaign) throw new AppError("campaign.not_found");
    const region = "region" in movement ? (movement.region as RegionCode | undefined) : undefined;
    const chipId = "chipId" in movement ? (movement.chipId as ChipId | undefined) : undefined;
    // A closed campaign takes no more chips, but what is out may still come back.
    if (campaign.status === "closed" && movement.kind !== "return" && movement.kind !== "defective") {
      throw new AppError("campaign.closed");
    }
    if (region !== undefined) await requireTownship(tx, campaign.region_code, region);
    const quantity = chipId === undefined ? movement.quantity : 1;
    await requireStock(tx, campaignId, movement.kind, region, quantity);
    const at = new Date(ctx.clock.nowMs());
    if (chipId !== undefined) {
      const state = movement.kind === "return" ? "returned" : "defective";
      await setChipState(tx, { chipId, campaignId, region: region ?? null, state, at });
    }
    const movementId = ctx.newId();
    await insertMovement(tx, {
      movement_id: movementId,
      campaign_id: campaignId,
      kind: movement.kind,
      region_code: region ?? null,
      quantity,
      box: "box" in movement ? (movement.box ?? null) : null,
      chip_id: chipId ?? null,
      note: movement.note,
      moved_at: at,
      moved_by: by,
    });
    await ctx.audit.record(tx, {
      actor: by,
      action: `chip_stock.${movement.kind}`,
      subject: `campaign:${campaignId}`,
      details: { movementId, quantity, region: region ?? null, chipId: chipId ?? null },
    });
    return movementId;
  });
}

async function requireTownship(tx: Kysely<Tables>, campaignRegion: string, region: string): Promise<void> {
  const isInside = region.startsWith(campaignRegion) && (await countRegions(tx, [region])) === 1;
  if (!isInside) throw new AppError("campaign.township_outside");
}

async function requireStock(
  tx: Kysely<Tables>,
  campaignId: string,
  kind: NewStockMovement["kind"],
  region: RegionCode | undefined,
  quantity: number,
): Promise<void> {
  if (kind === "receive") return;
  const isFromTownship = kind !== "allocate" && region !== undefined;
  const available = isFromTownship
    ? (await selectFigures(tx, [campaignId])).find((row) => row.region === region)?.inStock
    : (await selectStores(tx, [campaignId])).get(campaignId)?.inStore;
  if ((available ?? 0) < quantity) {
    throw new AppError("chip_stock.short", { details: { available: Math.max(0, available ?? 0) } });
  }
}

export interface ChipState {
  chipId: ChipId;
  campaignId: string;
  region: RegionCode | null;
  state: RetrofitChipsTable["state"];
  at: Date;
}

/**
 * Notes what has become of one chip. A chip on a machine stays there, and one that is written off stays so.
 * @throws AppError installation.chip_in_use, installation.chip_unfit
 */
export async function setChipState(tx: Kysely<Tables>, chip: ChipState): Promise<void> {
  const known = await tx
    .selectFrom("retrofit_chips")
    .select(["campaign_id", "state"])
    .where("chip_id", "=", chip.chipId)
    .forUpdate()
    .executeTakeFirst();
  if (known && known.campaign_id !== chip.campaignId) throw new AppError("installation.chip_unfit");
  if (known?.state === "defective") throw new AppError("installation.chip_unfit");
  if (known?.state === "fitted" && chip.state !== "defective") throw new AppError("installation.chip_in_use");
  const row = { region_code: chip.region, state: chip.state, changed_at: chip.at };
  await tx
    .insertInto("retrofit_chips")
    .values({ chip_id: chip.chipId, campaign_id: chip.campaignId, ...row })
    .onConflict((conflict) => conflict.column("chip_id").doUpdateSet(row))
    .execute();
}

export function movementOf(
  ctx: Pick<AppContext, "personalData">,
  row: Awaited<ReturnType<typeof selectMovements>>[number],
): StockMovement {
  return {
    movementId: row.movement_id,
    kind: row.kind,
    region: row.region_code,
    regionName: row.region_name,
    quantity: row.quantity,
    box: row.box,
    chipId: row.chip_id,
    note: row.note,
    movedAt: row.moved_at.toISOString(),
    movedBy: maskName(ctx.personalData.open("name", row.name_ciphertext)),
  };
}
