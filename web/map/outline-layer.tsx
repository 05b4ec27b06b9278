import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { useEffect } from "react";
import outlineUrl from "./generated/outline.json?url";
import { useMap } from "./map-context.ts";

const SOURCE = "outline";
const isArea: ExpressionSpecification = ["!=", ["geometry-type"], "Point"];

/** Dark blue ground, glowing borders, the home county lighter, its name and its neighbours'. No national border. */
const layers: LayerSpecification[] = [
  {
    id: "outline-glow",
    type: "line",
    source: SOURCE,
    filter: isArea,
    paint: { "line-color": "#2b9bff", "line-width": 7, "line-blur": 7, "line-opacity": 0.35 },
  },
  {
    id: "outline-fill",
    type: "fill",
    source: SOURCE,
    filter: isArea,
    paint: { "fill-color": ["case", ["get", "home"], "#0e4c98", "#08295a"], "fill-opacity": 0.9 },
  },
  {
    id: "outline-line",
    type: "line",
    source: SOURCE,
    filter: isArea,
    paint: { "line-color": "#3f78b8", "line-width": 0.8 },
  },
  {
    id: "outline-home",
    type: "line",
    source: SOURCE,
    filter: ["all", isArea, ["get", "home"]],
    paint: { "line-color": "#8fe3ff", "line-width": 2 },
  },
  {
    id: "outline-names",
    type: "symbol",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    layout: {
      "text-field": ["get", "name"],
      "text-size": 14,
      "text-padding": 4,
      "text-letter-spacing": 0.08,
    },
    paint: { "text-color": "#cfe8ff", "text-halo-color": "#06224a", "text-halo-width": 1.4 },
  },
];

/** The bundled county outlines. */
export function OutlineLayer(): null {
  const map = useMap();
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: new URL(outlineUrl, location.href).href });
    for (const layer of layers) map.addLayer(layer);
    return () => {
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  return null;
}
