import type { Language, OgcCollection, OgcCollectionId, OgcFeature, OgcLink } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { countKeyAreas, type KeyAreaRow, selectKeyAreas } from "../key-areas/key-areas.ts";
import {
  countMachines,
  type MachineRow,
  machineOf,
  readingsOf,
  selectMachines,
} from "../machines/machines.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";

export interface ItemsQuery {
  bbox?: { westDegrees: number; southDegrees: number; eastDegrees: number; northDegrees: number } | undefined;
  datetime?: { fromMs: number | null; untilMs: number | null } | undefined;
  limit: number;
  offset: number;
}

/** What somebody may see of a collection; of machines without `places` everything but where they are. */
export interface CollectionSight {
  scope: Scope;
  places: Scope;
}

/** One collection: how many match, which, and one by its id. */
interface Collection {
  title: Readonly<Record<Language, string>>;
  description: Readonly<Record<Language, string>>;
  items(
    ctx: Pick<AppContext, "db" | "clock">,
    sight: CollectionSight,
    query: ItemsQuery,
  ): Promise<{ matched: number; features: OgcFeature[] }>;
  /** @throws AppError <what it is>.not_found, region.out_of_scope */
  item(ctx: Pick<AppContext, "db" | "clock">, sight: CollectionSight, id: string): Promise<OgcFeature>;
}

const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms));

export const collections: Readonly<Record<OgcCollectionId, Collection>> = {
  "key-areas": {
    title: { "zh-CN": "重点区域", en: "Key areas" },
    description: {
      "zh-CN": "动火前须满足条件的区域（现行，WGS-84）",
      en: "Areas where a start demands more (as they are now, WGS-84)",
    },
    async items({ db }, { scope }, { bbox, datetime, limit, offset }) {
      const inForce = datetime && { from: dateOf(datetime.fromMs), until: dateOf(datetime.untilMs) };
      const filter = { scope, status: "active" as const, box: bbox, inForce };
      const rows = await selectKeyAreas(db, filter, "name", { limit, offset });
      return { matched: await countKeyAreas(db, filter), features: rows.map(areaFeature) };
    },
    async item({ db }, { scope }, keyAreaId) {
      const [row] = await selectKeyAreas(db, { keyAreaId, status: "active" });
      if (!row) throw new AppError("key_area.not_found");
      if (!isInScope(scope, row.region_code, row.site_owner_enterprise_id))
        throw new AppError("region.out_of_scope");
      return areaFeature(row);
    },
  },
  machines: {
    title: { "zh-CN": "焊机", en: "Machines" },
    description: {
      "zh-CN": "焊机及其最近一次报告的位置（WGS-84）",
      en: "Machines and where they were last heard from (WGS-84)",
    },
    async items({ db, clock }, { scope, places }, { bbox, datetime, limit, offset }) {
      const heard = datetime && { from: dateOf(datetime.fromMs), until: dateOf(datetime.untilMs) };
      // A box would tell where a machine is, also to who may not know it.
      const filter = {
        scope: bbox ? places : scope,
        ...(bbox ? { box: bbox } : {}),
        ...(heard ? { heard } : {}),
      };
      const rows = await selectMachines(db, filter, "name", { limit, offset });
      const nowMs = clock.nowMs();
      return {
        matched: await countMachines(db, filter),
        features: rows.map((row) => machineFeature(row, places, nowMs)),
      };
    },
    async item({ db, clock }, { scope, places }, machineId) {
      const [row] = await selectMachines(db, { machineId });
      if (!row) throw new AppError("machine.not_found");
      if (!isInScope(scope, row.region_code, row.enterprise_id)) throw new AppError("region.out_of_scope");
      return machineFeature(row, places, clock.nowMs());
    },
  },
};

export function collectionOf(id: OgcCollectionId, base: string, language: Language): OgcCollection {
  const { title, description } = collections[id];
  const links: OgcLink[] = [
    { href: `${base}/collections/${id}`, rel: "self", type: "application/json" },
    { href: `${base}/collections/${id}/items`, rel: "items", type: "application/geo+json" },
  ];
  return {
    id,
    title: title[language],
    description: description[language],
    itemType: "feature",
    crs: ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
    links,
  };
}

function areaFeature(row: KeyAreaRow): OgcFeature {
  return {
    type: "Feature",
    id: row.key_area_id,
    geometry: { ...row.geometry },
    properties: {
      name: row.name,
      kind: row.kind,
      regime: row.regime,
      region: row.region_code,
      regionName: row.region_name,
      siteOwnerName: row.site_owner_name,
      address: row.address,
      floors: row.floors?.join(",") ?? null,
      minHeightMetres: row.min_height_metres,
      maxHeightMetres: row.max_height_metres,
      validFrom: row.validity.from,
      validUntil: row.validity.until,
      version: row.version,
      changedAt: row.changed_at.toISOString(),
    },
  };
}

function machineFeature(row: MachineRow, places: Scope, nowMs: number): OgcFeature {
  const {
    machineId,
    machineCode: _code,
    enterpriseId: _enterprise,
    workSessionId: _session,
    ...facts
  } = machineOf(row, nowMs);
  const place = isInScope(places, row.region_code, row.enterprise_id) ? readingsOf(row)?.position : undefined;
  return {
    type: "Feature",
    id: machineId,
    geometry: place ? { type: "Point", coordinates: [place.longitudeDegrees, place.latitudeDegrees] } : null,
    properties: { ...facts, accuracyMetres: place?.accuracyMetres ?? null },
  };
}
