import type { GeoJSONSource, LayerSpecification } from "maplibre-gl";
import { useEffect } from "react";
import { fitTo } from "./areas-layer.tsx";
import { useMap } from "./map-context.ts";

/** GeoJSON of where something is wrong. */
export type MarkedPlace = GeoJSON.Point | GeoJSON.MultiPoint | GeoJSON.Polygon | GeoJSON.MultiPolygon;

const SOURCE = "marked-place";
const layers: LayerSpecification[] = [
  {
    id: "marked-place-fill",
    type: "fill",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": "#ff4d4f", "fill-opacity": 0.55 },
  },
  {
    id: "marked-place-line",
    type: "line",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "line-color": "#ff4d4f", "line-width": 3 },
  },
  {
    id: "marked-place-points",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 9,
      "circle-color": "#ff4d4f",
      "circle-opacity": 0.6,
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 2,
    },
  },
];

/** Marks where a shape is wrong, and brings it into view. */
export function MarkLayer({ place }: { place: MarkedPlace | null }): null {
  const map = useMap();
  useEffect(() => {
    if (!place) return;
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of layers) map.addLayer(layer);
    map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "Feature", properties: {}, geometry: place });
    fitTo(map, [place]);
    return () => {
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map, place]);
  return null;
}
