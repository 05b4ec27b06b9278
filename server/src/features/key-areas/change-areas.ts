import type { AreaContact } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { KeyAreasTable } from "../../db/tables/key-areas.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { type CheckedArea, checkedArea, type KeyAreaData } from "./check-area.ts";
import { type Clash, Neighbours } from "./clash.ts";
import { boxOf } from "./geometry/measure.ts";
import {
  insertAbolition,
  insertAreas,
  insertVersions,
  type KeyAreaRow,
  nextRevision,
  selectKeyAreas,
  updateArea,
} from "./queries.ts";
import { voidSignsOf } from "./sign-queries.ts";

export type ChangeContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;

/** Who changes something, and why. */
export interface ChangedBy {
  actor: PersonId;
  reason: string;
}

/**
 * Adds a key area.
 * @throws AppError as `checkedArea`; key_area.overlaps with the place and the other area in its details
 */
export async function createKeyArea(
  ctx: ChangeContext,
  data: KeyAreaData,
  by: ChangedBy,
): Promise<KeyAreaId> {
  const [keyAreaId] = await createKeyAreas(ctx, [data], by);
  return keyAreaId!;
}

/**
 * Adds key areas, all or none, in the caller's transaction where `db` is one.
 * @throws AppError as `createKeyArea`
 */
export async function createKeyAreas(
  ctx: ChangeContext,
  areas: readonly KeyAreaData[],
  by: ChangedBy,
): Promise<KeyAreaId[]> {
  return await inTransaction(ctx.db, async (tx) => {
    const revision = await nextRevision(tx);
    const added: { keyAreaId: KeyAreaId; area: CheckedArea }[] = [];
    for (const data of areas) {
      added.push({ keyAreaId: ctx.newId() as KeyAreaId, area: await checkedArea(tx, data) });
    }
    await requireFree(tx, added);
    await insertKeyAreas(ctx, tx, added, revision, by);
    for (const { keyAreaId, area } of added) {
      await ctx.audit.record(tx, {
        actor: by.actor,
        action: "key_area.created",
        subject: `key_area:${keyAreaId}`,
        details: { name: area.name, kind: area.kind, region: area.region, reason: by.reason },
      });
    }
    return added.map(({ keyAreaId }) => keyAreaId);
  });
}

/**
 * A new version of a key area, from the one that its author has seen. Signs of floors that it no longer covers are void.
 * @param requireReach refuses an area that the caller must not touch
 * @throws AppError key_area.not_found, key_area.abolished, key_area.changed_meanwhile; as `createKeyArea`
 */
export async function changeKeyArea(
  ctx: ChangeContext,
  { keyAreaId, basedOnVersion }: { keyAreaId: string; basedOnVersion: number },
  data: KeyAreaData,
  by: ChangedBy,
  requireReach: (row: KeyAreaRow) => void,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const revision = await nextRevision(tx);
    const row = await requireCurrent(tx, keyAreaId, basedOnVersion, requireReach);
    const area = await checkedArea(tx, data);
    await requireFree(tx, [{ keyAreaId: row.key_area_id, area }]);
    const version = row.version + 1;
    const now = new Date(ctx.clock.nowMs());
    await updateArea(tx, {
      ...headOf(row.key_area_id, area, revision),
      version,
      ...(area.contacts ? { contacts_ciphertext: sealContacts(ctx, area.contacts) } : {}),
    });
    await insertVersions(tx, [{ ...versionOf(row.key_area_id, area, by, now), version }]);
    const kept = { keyAreaId: row.key_area_id, floors: area.floors ?? [] };
    await voidSignsOf(tx, kept, { ...by, at: now });
    await ctx.audit.record(tx, {
      actor: by.actor,
      action: "key_area.changed",
      subject: `key_area:${keyAreaId}`,
      details: { version, reason: by.reason },
    });
  });
}

/**
 * Takes an area out of force; what it was is kept, its signs are void.
 * @throws AppError key_area.not_found, key_area.abolished, key_area.changed_meanwhile
 */
export async function abolishKeyArea(
  ctx: ChangeContext,
  { keyAreaId, basedOnVersion }: { keyAreaId: string; basedOnVersion: number },
  by: ChangedBy,
  requireReach: (row: KeyAreaRow) => void,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const revision = await nextRevision(tx);
    const row = await requireCurrent(tx, keyAreaId, basedOnVersion, requireReach);
    const version = row.version + 1;
    const now = new Date(ctx.clock.nowMs());
    await tx
      .updateTable("key_areas")
      .set({ status: "abolished", version, revision })
      .where("key_area_id", "=", row.key_area_id)
      .execute();
    await insertAbolition(tx, row.key_area_id, version, { ...by, at: now });
    await voidSignsOf(tx, { keyAreaId: row.key_area_id }, { ...by, at: now });
    await ctx.audit.record(tx, {
      actor: by.actor,
      action: "key_area.abolished",
      subject: `key_area:${keyAreaId}`,
      details: { version, reason: by.reason },
    });
  });
}

/** Adds areas that have been checked and found free, in the caller's transaction. */
export async function insertKeyAreas(
  ctx: Pick<AppContext, "clock" | "personalData">,
  tx: Kysely<Tables>,
  areas: readonly { keyAreaId: KeyAreaId; area: CheckedArea }[],
  revision: number,
  by: ChangedBy,
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  await insertAreas(
    tx,
    areas.map(({ keyAreaId, area }) => ({
      ...headOf(keyAreaId, area, revision),
      version: 1,
      contacts_ciphertext: area.contacts ? sealContacts(ctx, area.contacts) : null,
    })),
  );
  await insertVersions(
    tx,
    areas.map(({ keyAreaId, area }) => ({ ...versionOf(keyAreaId, area, by, now), version: 1 })),
  );
}

export function overlapRefusal({ keyAreaId, name, place }: Clash): AppError {
  return new AppError("key_area.overlaps", { details: { place, keyAreaId, name } });
}

/** Beside what is there and beside one another. @throws AppError key_area.overlaps */
async function requireFree(
  tx: Kysely<Tables>,
  areas: readonly { keyAreaId: KeyAreaId; area: CheckedArea }[],
): Promise<void> {
  const neighbours = await Neighbours.around(
    tx,
    areas.map(({ area }) => area),
  );
  for (const { keyAreaId, area } of areas) {
    const clash = neighbours.clashOf(area, keyAreaId);
    if (clash) throw overlapRefusal(clash);
    neighbours.add(keyAreaId, area);
  }
}

async function requireCurrent(
  tx: Kysely<Tables>,
  keyAreaId: string,
  basedOnVersion: number,
  requireReach: (row: KeyAreaRow) => void,
): Promise<KeyAreaRow> {
  const [row] = await selectKeyAreas(tx, { keyAreaId });
  if (!row) throw new AppError("key_area.not_found");
  requireReach(row);
  if (row.status === "abolished") throw new AppError("key_area.abolished");
  if (row.version !== basedOnVersion) throw new AppError("key_area.changed_meanwhile");
  return row;
}

function headOf(keyAreaId: KeyAreaId, area: CheckedArea, revision: number) {
  const box = boxOf(area.geometry);
  return {
    key_area_id: keyAreaId,
    region_code: area.region as RegionCode,
    kind: area.kind,
    name: area.name,
    site_owner_enterprise_id: area.siteOwnerEnterpriseId as EnterpriseId | null,
    status: "active" as const,
    revision,
    west_degrees: box.westDegrees,
    south_degrees: box.southDegrees,
    east_degrees: box.eastDegrees,
    north_degrees: box.northDegrees,
  } satisfies Partial<Record<keyof KeyAreasTable, unknown>>;
}

function versionOf(keyAreaId: KeyAreaId, area: CheckedArea, { actor, reason }: ChangedBy, now: Date) {
  return {
    key_area_id: keyAreaId,
    status: "active" as const,
    region_code: area.region as RegionCode,
    kind: area.kind,
    regime: area.regime,
    name: area.name,
    site_owner_enterprise_id: area.siteOwnerEnterpriseId as EnterpriseId | null,
    address: area.address === "" ? null : area.address,
    geometry: JSON.stringify(area.geometry),
    circle: area.circle && JSON.stringify(area.circle),
    floors: area.floors && JSON.stringify(area.floors),
    min_height_metres: area.minHeightMetres,
    max_height_metres: area.maxHeightMetres,
    validity: JSON.stringify(area.validity),
    policy: JSON.stringify(area.policy),
    changed_by: actor,
    changed_at: now,
    reason,
  };
}

function sealContacts(
  { personalData }: Pick<AppContext, "personalData">,
  contacts: readonly AreaContact[],
): Uint8Array | null {
  return contacts.length === 0 ? null : personalData.seal("area-contacts", JSON.stringify(contacts));
}
