import { areaGeometry, type DatumOfFile, floorName } from "@hanyouxu/api";
import { defaultKeyAreaPolicy, type KeyAreaKind, keyAreaKinds, keyAreaKindTitles } from "@hanyouxu/rules";
import type { RawFeature } from "../../area-files/read-area-file.ts";
import { type KeyAreaData, toWgs84 } from "../key-areas/key-areas.ts";

/** What holds for features that do not say otherwise. */
export interface FeatureDefaults {
  datum: DatumOfFile;
  kind: KeyAreaKind;
  region: string;
}

type Problem =
  | "no_area"
  | "out_of_range"
  | "outside_gcj02"
  | "name_missing"
  | "kind_unknown"
  | "floor_unknown";

export interface ReadFeature {
  name: string;
  kind: KeyAreaKind;
  region: string;
  /** Undefined: see `problem`. */
  data?: KeyAreaData;
  problem?: Problem;
}

const attributeNames = {
  name: ["name", "名称", "区域名称", "单位名称"],
  kind: ["kind", "类型", "区域类型"],
  region: ["region", "行政区划", "区划代码"],
  floors: ["floors", "楼层"],
  address: ["address", "地址"],
} as const;

/** A feature of a file as what a person would have filled in. */
export function featureData({ properties, geometry }: RawFeature, defaults: FeatureDefaults): ReadFeature {
  const attribute = (which: keyof typeof attributeNames) => attributeOf(properties, attributeNames[which]);
  const name = (attribute("name") ?? "").slice(0, 100);
  const kind = kindOf(attribute("kind"), defaults.kind);
  const region = attribute("region") ?? defaults.region;
  const read = { name, kind: kind ?? defaults.kind, region };
  const flat = flatGeometry(geometry);
  if (!flat) return { ...read, problem: "no_area" };
  const converted = inWgs84(flat, defaults.datum);
  if (converted === "outside") return { ...read, problem: "outside_gcj02" };
  const shape = areaGeometry.safeParse(converted);
  if (!shape.success) return { ...read, problem: "out_of_range" };
  if (name.length < 2) return { ...read, problem: "name_missing" };
  if (!kind) return { ...read, problem: "kind_unknown" };
  const floors = floorsOf(attribute("floors"));
  if (floors === undefined) return { ...read, problem: "floor_unknown" };
  const data: KeyAreaData = {
    name,
    kind,
    region,
    siteOwnerEnterpriseId: null,
    address: attribute("address")?.slice(0, 200) ?? null,
    shape: { type: "polygon", geometry: shape.data },
    floors,
    minHeightMetres: null,
    maxHeightMetres: null,
    validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
    policy: defaultKeyAreaPolicy(kind),
  };
  return { ...read, data };
}

function attributeOf(properties: RawFeature["properties"], names: readonly string[]): string | undefined {
  const found = Object.entries(properties).find(
    ([name, value]) => names.includes(name.toLowerCase()) && value !== "",
  );
  return found?.[1];
}

/** By our own name or by the Chinese one; undefined: neither. */
function kindOf(text: string | undefined, otherwise: KeyAreaKind): KeyAreaKind | undefined {
  if (text === undefined) return otherwise;
  return keyAreaKinds.find((kind) => kind === text || keyAreaKindTitles[kind].zh === text);
}

/** `B1,1 2`; null: none named. */
function floorsOf(text: string | undefined): string[] | null | undefined {
  if (text === undefined) return null;
  const floors = text.split(/[\s,，、;；]+/).filter(Boolean);
  const read = floors.map((floor) => floorName.safeParse(floor));
  if (floors.length === 0 || floors.length > 60 || read.some(({ success }) => !success)) return undefined;
  return [...new Set(read.map(({ data }) => data!))];
}

type Rings = [number, number][][];

/** The polygons of a geometry without heights, or of a collection of polygons; undefined for points and lines. */
function flatGeometry(geometry: unknown): Rings[] | undefined {
  const { type, coordinates, geometries } = (geometry ?? {}) as Record<string, unknown>;
  if (type === "GeometryCollection" && Array.isArray(geometries)) {
    const parts = geometries.map((part) =>
      (part as { type?: unknown } | null)?.type === "GeometryCollection" ? undefined : flatGeometry(part),
    );
    return parts.length > 0 && parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (type === "Polygon" && Array.isArray(coordinates)) return flatPolygons([coordinates]);
  if (type === "MultiPolygon" && Array.isArray(coordinates)) return flatPolygons(coordinates);
  return undefined;
}

function flatPolygons(polygons: unknown[]): Rings[] | undefined {
  const isList = (value: unknown): value is unknown[] => Array.isArray(value);
  const isSound = polygons.every(
    (rings) => isList(rings) && rings.every((ring) => isList(ring) && ring.every((place) => isList(place))),
  );
  if (!isSound) return undefined;
  return (polygons as unknown[][][][]).map((rings) =>
    rings.map((ring) => ring.map(([longitude, latitude]) => [Number(longitude), Number(latitude)])),
  );
}

function inWgs84(polygons: Rings[], datum: DatumOfFile) {
  let isOutside = false;
  const coordinates = polygons.map((rings) =>
    rings.map((ring) =>
      ring.map((place) => {
        const converted = toWgs84(place, datum);
        if (!converted) isOutside = true;
        return converted ?? place;
      }),
    ),
  );
  if (isOutside) return "outside" as const;
  return coordinates.length === 1
    ? { type: "Polygon", coordinates: coordinates[0] }
    : { type: "MultiPolygon", coordinates };
}
