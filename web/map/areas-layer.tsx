import type { AreaGeometry } from "@hanyouxu/api";
import {
  type GeoJSONSource,
  type LayerSpecification,
  LngLatBounds,
  type MapLayerMouseEvent,
} from "maplibre-gl";
import { useEffect } from "react";
import { LOWEST_TILES_LAYER } from "./machine-tiles-layer.tsx";
import { LOWEST_MACHINES_LAYER } from "./machines-layer.tsx";
import { useMap } from "./map-context.ts";

export interface ShownArea {
  id: string;
  name: string;
  geometry: AreaGeometry;
}

const SOURCE = "key-areas";
const layers: LayerSpecification[] = [
  {
    id: "key-areas-fill",
    type: "fill",
    source: SOURCE,
    paint: { "fill-color": "#ff9f43", "fill-opacity": 0.28 },
  },
  {
    id: "key-areas-line",
    type: "line",
    source: SOURCE,
    paint: { "line-color": "#ffc069", "line-width": 2 },
  },
  {
    id: "key-areas-names",
    type: "symbol",
    source: SOURCE,
    minzoom: 11,
    layout: { "text-field": ["get", "name"], "text-size": 12, "text-padding": 6 },
    paint: { "text-color": "#ffe7ba", "text-halo-color": "#04142c", "text-halo-width": 1.4 },
  },
];

interface Props {
  areas: readonly ShownArea[];
  onPick?: (id: string) => void;
  /** Brings all of them into view. */
  isFitted?: boolean;
}

/** Key areas with their names. */
export function AreasLayer({ areas, onPick, isFitted = false }: Props): null {
  const map = useMap();
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const above = [LOWEST_TILES_LAYER, LOWEST_MACHINES_LAYER].find((id) => map.getLayer(id));
    for (const layer of layers) map.addLayer(layer, above);
    return () => {
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  useEffect(() => {
    const features = areas.map(({ id, name, geometry }) => ({
      type: "Feature" as const,
      properties: { id, name },
      geometry: geometry as unknown as GeoJSON.Polygon | GeoJSON.MultiPolygon,
    }));
    map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
    if (isFitted)
      fitTo(
        map,
        areas.map(({ geometry }) => geometry),
      );
  }, [map, areas, isFitted]);
  useEffect(() => {
    if (!onPick) return;
    const pick = ({ features }: MapLayerMouseEvent) => {
      const id: unknown = features?.[0]?.properties.id;
      if (typeof id === "string") onPick(id);
    };
    map.on("click", "key-areas-fill", pick);
    return () => void map.off("click", "key-areas-fill", pick);
  }, [map, onPick]);
  return null;
}

/** Brings geometries into view; nothing to show leaves the view alone. */
export function fitTo(map: ReturnType<typeof useMap>, geometries: readonly { coordinates: unknown }[]): void {
  const bounds = new LngLatBounds();
  const extend = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number") bounds.extend([value[0], Number(value[1])]);
    else for (const part of value) extend(part);
  };
  for (const { coordinates } of geometries) extend(coordinates);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 60, maxZoom: 16, animate: false });
}
