import type { ChipId, MachineCode, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { RetrofitInstallationsTable, RetrofitPhotosTable } from "../../db/tables/retrofit.ts";
import type { MachinesTable, Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface InstallationFilter {
  installationId?: string;
  campaignId?: string | undefined;
  installerId?: PersonId;
  chipId?: ChipId;
  status?: RetrofitInstallationsTable["status"] | undefined;
  region?: string | undefined;
  text?: string | undefined;
  /** Absent: all, for the platform itself or one's own. */
  scope?: ReachedRows;
}

function installationsMatching(db: Db, filter: InstallationFilter) {
  const { scope } = filter;
  return db
    .selectFrom("retrofit_installations as i")
    .innerJoin("retrofit_campaigns as c", "c.campaign_id", "i.campaign_id")
    .innerJoin("persons as p", "p.person_id", "i.installer_id")
    .leftJoin("machines as m", "m.machine_id", "i.machine_id")
    .leftJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .leftJoin("regions as r", "r.region_code", "i.region_code")
    .leftJoin("twins as t", (join) =>
      join.onRef("t.chip_id", "=", "i.chip_id").onRef("t.chip_id", "=", "m.chip_id"),
    )
    .$if(scope !== undefined && !scope.everywhere, (query) =>
      query.where((where) =>
        where.or(
          scope!.regions.map((code) =>
            where(sql<string>`coalesce(i.region_code, c.region_code)`, "like", `${code}%`),
          ),
        ),
      ),
    )
    .$if(filter.installationId !== undefined, (query) =>
      query.where("i.installation_id", "=", filter.installationId!),
    )
    .$if(filter.campaignId !== undefined, (query) => query.where("i.campaign_id", "=", filter.campaignId!))
    .$if(filter.installerId !== undefined, (query) => query.where("i.installer_id", "=", filter.installerId!))
    .$if(filter.chipId !== undefined, (query) => query.where("i.chip_id", "=", filter.chipId!))
    .$if(filter.status !== undefined, (query) => query.where("i.status", "=", filter.status!))
    .$if(filter.region !== undefined, (query) =>
      query.where("i.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(i.chip_id, lower(${filter.text})) > 0
                      or strpos(i.machine_code, upper(replace(${filter.text}, '-', ''))) > 0
                      or strpos(lower(m.name), lower(${filter.text})) > 0
                      or strpos(lower(e.name), lower(${filter.text})) > 0)`,
      ),
    );
}

export async function countInstallations(db: Db, filter: InstallationFilter): Promise<number> {
  const row = await installationsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectInstallations(db: Db, filter: InstallationFilter, limit: number, offset: number) {
  return await installationsMatching(db, filter)
    .select([
      "i.installation_id",
      "i.campaign_id",
      "i.installer_id",
      "i.chip_id",
      "i.status",
      "i.machine_code",
      "i.machine_id",
      "i.region_code",
      "i.latitude_degrees",
      "i.longitude_degrees",
      "i.accuracy_metres",
      "i.profile_read_at",
      "i.signature_blob_id",
      "i.abandon_reason",
      "i.started_at",
      "i.ended_at",
      "c.name as campaign_name",
      "c.region_code as campaign_region",
      "p.name_ciphertext",
      "m.name as machine_name",
      "m.model",
      "m.process",
      "m.chip_id as machine_chip_id",
      "e.name as enterprise_name",
      "r.name as region_name",
      "t.last_heard_at",
      "t.is_gone",
      "t.firmware",
      sql<number>`(select count(*) from retrofit_photos f where f.installation_id = i.installation_id)`.as(
        "photo_count",
      ),
    ])
    .orderBy(sql`i.status = 'open'`, "desc")
    .orderBy("i.started_at", "desc")
    .orderBy("i.installation_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type InstallationRow = Awaited<ReturnType<typeof selectInstallations>>[number];

/** Nobody else changes it until the transaction ends. */
export async function lockInstallation(tx: Db, installationId: string) {
  return await tx
    .selectFrom("retrofit_installations")
    .selectAll()
    .where("installation_id", "=", installationId)
    .forUpdate()
    .executeTakeFirst();
}

export type LockedInstallation = NonNullable<Awaited<ReturnType<typeof lockInstallation>>>;

export async function insertInstallation(tx: Db, row: Insertable<RetrofitInstallationsTable>): Promise<void> {
  await tx.insertInto("retrofit_installations").values(row).execute();
}

export async function updateInstallation(
  tx: Db,
  installationId: string,
  change: Updateable<RetrofitInstallationsTable>,
): Promise<void> {
  await tx
    .updateTable("retrofit_installations")
    .set(change)
    .where("installation_id", "=", installationId)
    .execute();
}

/** Whether somebody is putting this label onto a machine already. */
export async function isLabelTaken(tx: Db, machineCode: MachineCode, installationId: string) {
  const row = await tx
    .selectFrom("retrofit_installations")
    .select("installation_id")
    .where("machine_code", "=", machineCode)
    .where("status", "=", "open")
    .where("installation_id", "!=", installationId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function isChipRevoked(db: Db, chipId: ChipId): Promise<boolean> {
  const row = await db
    .selectFrom("chips")
    .select("chip_id")
    .where("chip_id", "=", chipId)
    .where("revoked_at", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function selectEnterprise(db: Db, enterpriseId: string) {
  return await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "region_code"])
    .where("enterprise_id", "=", enterpriseId as never)
    .where("status", "=", "active")
    .executeTakeFirst();
}

export async function findEnterprises(db: Db, scope: ReachedRows, text: string) {
  return await db
    .selectFrom("enterprises as e")
    .innerJoin("regions as r", "r.region_code", "e.region_code")
    .select(["e.enterprise_id", "e.name", "r.name as region_name"])
    .where("e.status", "=", "active")
    .$if(!scope.everywhere, (query) =>
      query.where((where) =>
        where.or(scope.regions.map((code) => where("e.region_code", "like", `${code}%` as RegionCode))),
      ),
    )
    .where(sql<boolean>`strpos(lower(e.name), lower(${text})) > 0`)
    .orderBy("e.name")
    .limit(20)
    .execute();
}

export async function insertMachine(tx: Db, row: Insertable<MachinesTable>): Promise<void> {
  await tx.insertInto("machines").values(row).execute();
}

export async function selectPhotos(db: Db, installationId: string) {
  return await db
    .selectFrom("retrofit_photos")
    .selectAll()
    .where("installation_id", "=", installationId)
    .orderBy("taken_at")
    .orderBy("photo_id")
    .execute();
}

export async function selectPhoto(db: Db, photoId: string) {
  return await db
    .selectFrom("retrofit_photos")
    .selectAll()
    .where("photo_id", "=", photoId)
    .executeTakeFirst();
}

export async function insertPhoto(tx: Db, row: Insertable<RetrofitPhotosTable>): Promise<void> {
  await tx.insertInto("retrofit_photos").values(row).execute();
}
