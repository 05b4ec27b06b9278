import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { useEffect } from "react";
import outlineUrl from "./generated/outline.json?url";
import { useMap } from "./map-context.ts";

const SOURCE = "outline";
const NAMES_SOURCE = "outline-names";
const url = new URL(outlineUrl, location.href).href;
const isName: ExpressionSpecification = ["all", ["has", "name"], ["!", ["has", "adcode"]]];
const isArea: ExpressionSpecification = ["has", "adcode"];

/**
 * Dark blue ground, a glowing edge, the home county lighter, its name and its neighbours'. No national border. Areas
 * are of one colour each, opaque and without soft edges, on which lines lie anyway: without a graphics card every
 * pixel that is mixed, and every program of the card's, is to be waited for.
 */
const layers: LayerSpecification[] = [
  {
    id: "outline-glow",
    type: "line",
    source: SOURCE,
    filter: ["has", "edgeOf"],
    // Nearer by, it is told too roughly.
    maxzoom: 11,
    paint: { "line-color": "#2b9bff", "line-width": 7, "line-blur": 7, "line-opacity": 0.35 },
  },
  {
    id: "outline-fill",
    type: "fill",
    source: SOURCE,
    filter: ["all", isArea, ["!", ["get", "home"]]],
    paint: { "fill-color": "#082857", "fill-antialias": false },
  },
  {
    id: "outline-home-fill",
    type: "fill",
    source: SOURCE,
    filter: ["all", isArea, ["get", "home"]],
    paint: { "fill-color": "#0d488f", "fill-antialias": false },
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
];

const names: LayerSpecification = {
  id: "outline-names",
  type: "symbol",
  source: NAMES_SOURCE,
  layout: {
    "text-field": ["get", "name"],
    "text-size": 14,
    "text-padding": 4,
    "text-letter-spacing": 0.08,
  },
  paint: { "text-color": "#cfe8ff", "text-halo-color": "#06224a", "text-halo-width": 1.4 },
};

/** The bundled county outlines; their names come once what is on the map stands there, for letters take their time. */
export function OutlineLayer(): null {
  const map = useMap();
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: url });
    for (const layer of layers) map.addLayer(layer);
    const addNames = () => {
      // A source of their own: one layer more would have the areas cut into tiles again. Its filter sees properties only.
      map.addSource(NAMES_SOURCE, { type: "geojson", data: url, filter: isName, maxzoom: 7 });
      const order = map.getLayersOrder();
      map.addLayer(names, order[order.indexOf(layers.at(-1)!.id) + 1]);
      // Lets a measurement wait for the picture.
      map.once("idle", noteNames);
    };
    const noteNames = () => map.getContainer().setAttribute("data-names", "drawn");
    map.once("idle", addNames);
    return () => {
      map.off("idle", addNames);
      map.off("idle", noteNames);
      for (const layer of [...layers, names]) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      for (const id of [SOURCE, NAMES_SOURCE]) if (map.getSource(id)) map.removeSource(id);
    };
  }, [map]);
  return null;
}
