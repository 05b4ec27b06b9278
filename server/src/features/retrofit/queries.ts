import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { ChipStockMovementsTable, RetrofitCampaignsTable } from "../../db/tables/retrofit.ts";
import type { Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface CampaignFilter {
  campaignId?: string;
  /** Campaigns that meet these regions, from above or below. */
  scope?: ReachedRows;
  /** Only those that this installer may work in. */
  installerId?: PersonId | undefined;
  status?: "open" | "closed" | undefined;
  text?: string | undefined;
}

function campaignsMatching(db: Db, filter: CampaignFilter) {
  const { scope, installerId } = filter;
  return db
    .selectFrom("retrofit_campaigns as c")
    .innerJoin("regions as r", "r.region_code", "c.region_code")
    .$if(scope !== undefined && !scope.everywhere, (query) =>
      query.where(
        sql<boolean>`exists (select from unnest(${[...(scope?.regions ?? [])]}::text[]) as own(code)
                             where c.region_code like own.code || '%' or own.code like c.region_code || '%')`,
      ),
    )
    .$if(installerId !== undefined, (query) =>
      query.where(
        sql<boolean>`(exists (select from retrofit_installers i
                              where i.campaign_id = c.campaign_id and i.person_id = ${installerId})
                      or not exists (select from retrofit_installers i where i.campaign_id = c.campaign_id))`,
      ),
    )
    .$if(filter.campaignId !== undefined, (query) => query.where("c.campaign_id", "=", filter.campaignId!))
    .$if(filter.status !== undefined, (query) => query.where("c.status", "=", filter.status!))
    .$if(filter.text !== undefined, (query) =>
      query.where(sql<boolean>`strpos(lower(c.name), lower(${filter.text})) > 0`),
    );
}

export async function countCampaigns(db: Db, filter: CampaignFilter): Promise<number> {
  const row = await campaignsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectCampaigns(db: Db, filter: CampaignFilter, limit: number, offset: number) {
  return await campaignsMatching(db, filter)
    .select([
      "c.campaign_id",
      "c.name",
      "c.region_code",
      "c.status",
      "c.note",
      "c.made_at",
      "r.name as region_name",
    ])
    .orderBy("c.made_at", "desc")
    .orderBy("c.campaign_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type CampaignRow = Awaited<ReturnType<typeof selectCampaigns>>[number];

export async function insertCampaign(
  tx: Db,
  row: RetrofitCampaignsTable,
  targets: readonly { region: string; machineCount: number }[],
): Promise<void> {
  await tx.insertInto("retrofit_campaigns").values(row).execute();
  if (targets.length === 0) return;
  await tx
    .insertInto("retrofit_targets")
    .values(
      targets.map(({ region, machineCount }) => ({
        campaign_id: row.campaign_id,
        region_code: region as RegionCode,
        machine_count: machineCount,
      })),
    )
    .execute();
}

/** How many of the codes are regions. */
export async function countRegions(db: Db, codes: readonly string[]): Promise<number> {
  if (codes.length === 0) return 0;
  const row = await db
    .selectFrom("regions")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("region_code", "in", codes as RegionCode[])
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Nobody else moves its chips until the transaction ends. */
export async function lockCampaign(tx: Db, campaignId: string) {
  return await tx
    .selectFrom("retrofit_campaigns")
    .selectAll()
    .where("campaign_id", "=", campaignId)
    .forUpdate()
    .executeTakeFirst();
}

export async function setClosed(tx: Db, campaignId: string): Promise<void> {
  await tx
    .updateTable("retrofit_campaigns")
    .set({ status: "closed" })
    .where("campaign_id", "=", campaignId)
    .execute();
}

export async function insertMovement(tx: Db, row: Insertable<ChipStockMovementsTable>): Promise<void> {
  await tx.insertInto("chip_stock_movements").values(row).execute();
}

export interface MovementFilter {
  campaignId: string;
  movementId?: string;
  kind?: ChipStockMovementsTable["kind"] | undefined;
  region?: string | undefined;
  /** Absent: the store's movements too. */
  scope?: ReachedRows | undefined;
}

function movementsMatching(db: Db, { campaignId, movementId, kind, region, scope }: MovementFilter) {
  return db
    .selectFrom("chip_stock_movements as v")
    .innerJoin("persons as p", "p.person_id", "v.moved_by")
    .leftJoin("regions as r", "r.region_code", "v.region_code")
    .where("v.campaign_id", "=", campaignId)
    .$if(movementId !== undefined, (query) => query.where("v.movement_id", "=", movementId!))
    .$if(kind !== undefined, (query) => query.where("v.kind", "=", kind!))
    .$if(region !== undefined, (query) => query.where("v.region_code", "like", `${region}%` as RegionCode))
    .$if(scope !== undefined, (query) =>
      query.where((where) =>
        where.or(scope!.regions.map((code) => where("v.region_code", "like", `${code}%` as RegionCode))),
      ),
    );
}

export async function countMovements(db: Db, filter: MovementFilter): Promise<number> {
  const row = await movementsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectMovements(db: Db, filter: MovementFilter, limit: number, offset: number) {
  return await movementsMatching(db, filter)
    .select([
      "v.movement_id",
      "v.kind",
      "v.region_code",
      "v.quantity",
      "v.box",
      "v.chip_id",
      "v.note",
      "v.moved_at",
      "r.name as region_name",
      "p.name_ciphertext",
    ])
    .orderBy("v.moved_at", "desc")
    .orderBy("v.movement_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function selectInstallers(db: Db, campaignId: string) {
  return await db
    .selectFrom("retrofit_installers as i")
    .innerJoin("persons as p", "p.person_id", "i.person_id")
    .select(["p.person_id", "p.name_ciphertext"])
    .where("i.campaign_id", "=", campaignId)
    .orderBy("p.person_id")
    .execute();
}

/** Active persons with the installer's role in a region that meets `region`. */
export async function selectInstallerChoices(db: Db, region: RegionCode) {
  return await db
    .selectFrom("persons as p")
    .select(["p.person_id", "p.name_ciphertext"])
    .where("p.is_active", "=", true)
    .where(
      sql<boolean>`exists (select from role_grants g where g.person_id = p.person_id and g.role = 'installer'
                           and (g.region_code like ${`${region}%`} or ${region} like g.region_code || '%'))`,
    )
    .orderBy("p.person_id")
    .execute();
}

export async function replaceInstallers(
  tx: Db,
  campaignId: string,
  personIds: readonly PersonId[],
): Promise<void> {
  await tx.deleteFrom("retrofit_installers").where("campaign_id", "=", campaignId).execute();
  if (personIds.length === 0) return;
  await tx
    .insertInto("retrofit_installers")
    .values(personIds.map((person_id) => ({ campaign_id: campaignId, person_id })))
    .execute();
}

/** Townships (codes of nine digits) with their machines that have no chip. */
export async function selectTownships(db: Db, scope: ReachedRows, region: string | undefined) {
  return await db
    .selectFrom("regions as r")
    .select([
      "r.region_code",
      "r.name",
      sql<number>`(select count(*) from machines m where m.region_code = r.region_code
                   and m.chip_id is null and m.status <> 'scrapped')`.as("machine_count"),
    ])
    .where(sql<boolean>`length(r.region_code) = 9`)
    .$if(!scope.everywhere, (query) =>
      query.where((where) =>
        where.or(scope.regions.map((code) => where("r.region_code", "like", `${code}%` as RegionCode))),
      ),
    )
    .$if(region !== undefined, (query) => query.where("r.region_code", "like", `${region}%` as RegionCode))
    .orderBy("r.region_code")
    .limit(1000)
    .execute();
}

/** Every installation of a campaign within reach, for the workbook. */
export async function selectExport(db: Db, campaignId: string, scope: ReachedRows) {
  return await db
    .selectFrom("retrofit_installations as i")
    .innerJoin("retrofit_campaigns as c", "c.campaign_id", "i.campaign_id")
    .leftJoin("machines as m", "m.machine_id", "i.machine_id")
    .leftJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .leftJoin("regions as r", "r.region_code", "i.region_code")
    .select([
      "i.started_at as startedAt",
      "i.ended_at as endedAt",
      "i.status",
      "r.name as regionName",
      "e.name as enterpriseName",
      "m.name as machineName",
      "m.model",
      "i.machine_code as machineCode",
      "i.chip_id as chipId",
    ])
    .where("i.campaign_id", "=", campaignId)
    .$if(!scope.everywhere, (query) =>
      query.where((where) =>
        where.or(
          scope.regions.map((code) =>
            where(sql<string>`coalesce(i.region_code, c.region_code)`, "like", `${code}%`),
          ),
        ),
      ),
    )
    .orderBy("i.started_at")
    .orderBy("i.installation_id")
    .execute();
}
