import type { PermitBody } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, MachineId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type HotWorkRegime, hotWorkRegimeOf } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { selectMemberships, selectOfficers } from "../enterprise-people/enterprise-people.ts";
import { selectFireWatches } from "../fire-watches/fire-watches.ts";
import { authenticCode } from "../labels/labels.ts";

/** What a draft names, found and allowed, with the regime and the region that follow from it. */
export interface PermitReferences {
  keyAreaId: KeyAreaId | null;
  siteOwnerId: EnterpriseId | null;
  contractorId: EnterpriseId | null;
  machineId: MachineId | null;
  supervisorId: PersonId | null;
  fireWatchId: PersonId | null;
  regime: HotWorkRegime;
  regionCode: RegionCode;
}

export interface PermitWelder {
  personId: PersonId;
  welderId: WelderId;
}

type ReferenceContext = Pick<AppContext, "db" | "clock" | "newId" | "machineCodeKey" | "metrics">;

/**
 * Which rules hold is never the welder's choice where the area or the site owner says it.
 * @throws AppError hot_work_permit.unknown_reference, .watch_is_welder, .watch_is_supervisor, .watch_untrained,
 *   .supervisor_unknown, and those of a machine code
 */
export async function referencesOf(
  ctx: ReferenceContext,
  welder: PermitWelder,
  body: PermitBody,
): Promise<PermitReferences> {
  const { db } = ctx;
  const area = body.keyAreaId === null ? undefined : await activeArea(db, body.keyAreaId);
  const owner = await activeSiteOwner(db, area?.site_owner_enterprise_id ?? body.siteOwnerEnterpriseId);
  const contractor = await ownFirm(db, welder.welderId, body.contractorEnterpriseId);
  const machine = await namedMachine(ctx, welder.personId, body.machineCode);
  const people = await namedPeople(db, welder, body, owner?.enterprise_id ?? null, contractor);
  return {
    keyAreaId: area?.key_area_id ?? null,
    siteOwnerId: owner?.enterprise_id ?? null,
    contractorId: contractor,
    machineId: machine?.machine_id ?? null,
    ...people,
    regime: regimeOf(area, owner, body),
    regionCode:
      area?.region_code ??
      owner?.region_code ??
      machine?.region_code ??
      (await regionOfWelder(db, welder.welderId)),
  };
}

type Area = Awaited<ReturnType<typeof activeArea>>;
type Owner = Awaited<ReturnType<typeof activeSiteOwner>>;

function regimeOf(area: Area | undefined, owner: Owner, body: PermitBody): HotWorkRegime {
  if (area?.kind === "entertainment" && area.regime === "crowded-place") return "entertainment-venue";
  const regime = area?.regime ?? owner?.regime;
  return regime ? hotWorkRegimeOf(regime) : (body.regime ?? "general");
}

async function activeArea(db: Kysely<Tables>, keyAreaId: string) {
  const area = await db
    .selectFrom("key_areas as a")
    .innerJoin("key_area_versions as v", (join) =>
      join.onRef("v.key_area_id", "=", "a.key_area_id").onRef("v.version", "=", "a.version"),
    )
    .select(["a.key_area_id", "a.kind", "a.region_code", "a.site_owner_enterprise_id", "v.regime"])
    .where("a.key_area_id", "=", keyAreaId as KeyAreaId)
    .where("a.status", "=", "active")
    .executeTakeFirst();
  if (!area) throw unknown("keyAreaId");
  return area;
}

async function activeSiteOwner(db: Kysely<Tables>, enterpriseId: string | null) {
  if (enterpriseId === null) return undefined;
  const owner = await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "region_code", "regime"])
    .where("enterprise_id", "=", enterpriseId as EnterpriseId)
    .where("is_site_owner", "=", true)
    .where("status", "=", "active")
    .executeTakeFirst();
  if (!owner) throw unknown("siteOwnerEnterpriseId");
  return owner;
}

async function ownFirm(
  db: Kysely<Tables>,
  welderId: WelderId,
  enterpriseId: string | null,
): Promise<EnterpriseId | null> {
  if (enterpriseId === null) return null;
  const firm = (await selectMemberships(db, welderId)).find((one) => one.enterprise_id === enterpriseId);
  if (!firm) throw unknown("contractorEnterpriseId");
  return firm.enterprise_id;
}

async function namedMachine(ctx: ReferenceContext, personId: PersonId, code: PermitBody["machineCode"]) {
  if (code === null) return undefined;
  const machineCode = await authenticCode(ctx, code, personId);
  const machine = await ctx.db
    .selectFrom("machines")
    .select(["machine_id", "region_code"])
    .where("machine_code", "=", machineCode)
    .where("status", "!=", "scrapped")
    .executeTakeFirst();
  if (!machine) throw unknown("machineCode");
  return machine;
}

async function namedPeople(
  db: Kysely<Tables>,
  welder: PermitWelder,
  { supervisorPersonId, fireWatchPersonId }: PermitBody,
  siteOwnerId: EnterpriseId | null,
  contractorId: EnterpriseId | null,
) {
  if (fireWatchPersonId === welder.personId) throw new AppError("hot_work_permit.watch_is_welder");
  if (fireWatchPersonId !== null && fireWatchPersonId === supervisorPersonId) {
    throw new AppError("hot_work_permit.watch_is_supervisor");
  }
  const firms = [siteOwnerId, contractorId].filter((id) => id !== null);
  const officers = (await Promise.all(firms.map((id) => selectOfficers(db, id)))).flat();
  const supervisor = officers.find((officer) => officer.person_id === supervisorPersonId);
  if (supervisorPersonId !== null && !supervisor) throw new AppError("hot_work_permit.supervisor_unknown");
  const watchFirm = siteOwnerId ?? contractorId;
  const watches = watchFirm === null ? [] : await selectFireWatches(db, watchFirm);
  const watch = watches.find((one) => one.person_id === fireWatchPersonId);
  if (fireWatchPersonId !== null && !watch) throw new AppError("hot_work_permit.watch_untrained");
  return { supervisorId: supervisor?.person_id ?? null, fireWatchId: watch?.person_id ?? null };
}

async function regionOfWelder(db: Kysely<Tables>, welderId: WelderId): Promise<RegionCode> {
  const { region_code } = await db
    .selectFrom("welders")
    .select("region_code")
    .where("welder_id", "=", welderId)
    .executeTakeFirstOrThrow();
  return region_code;
}

function unknown(field: string): AppError {
  return new AppError("hot_work_permit.unknown_reference", { details: { field } });
}
