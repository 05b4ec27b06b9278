import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { useEffect } from "react";
import outlineUrl from "./generated/outline.json?url";
import { useMap } from "./map-context.ts";

const SOURCE = "outline";
/** What comes once the first picture stands. */
const LATER_SOURCE = "outline-later";
const url = new URL(outlineUrl, location.href).href;
const isArea: ExpressionSpecification = ["has", "adcode"];

/**
 * Dark blue ground, the home county lighter, its name and its neighbours'. No national border. Areas
 * are of one colour each, opaque and without soft edges, on which lines lie anyway: without a graphics card every
 * pixel that is mixed, and every program of the card's, is to be waited for.
 */
const layers: LayerSpecification[] = [
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

/** Beneath the areas: soft, and to be mixed with what lies there. */
const glow: LayerSpecification = {
  id: "outline-glow",
  type: "line",
  source: LATER_SOURCE,
  filter: ["has", "edgeOf"],
  // Nearer by, it is told too roughly.
  maxzoom: 11,
  paint: { "line-color": "#2b9bff", "line-width": 7, "line-blur": 7, "line-opacity": 0.35 },
};

const names: LayerSpecification = {
  id: "outline-names",
  type: "symbol",
  source: LATER_SOURCE,
  filter: ["has", "name"],
  layout: {
    "text-field": ["get", "name"],
    "text-size": 14,
    "text-padding": 4,
    "text-letter-spacing": 0.08,
  },
  paint: { "text-color": "#cfe8ff", "text-halo-color": "#06224a", "text-halo-width": 1.4 },
};

const later = [glow, names];

/** The bundled county outlines; names and glow come once what is on the map stands there, for they take their time. */
export function OutlineLayer(): null {
  const map = useMap();
  useEffect(() => {
    // Filters of sources see properties only.
    map.addSource(SOURCE, { type: "geojson", data: url, filter: isArea });
    for (const layer of layers) map.addLayer(layer);
    const addLater = () => {
      // A source of their own: one layer more would have the areas cut into tiles again.
      map.addSource(LATER_SOURCE, {
        type: "geojson",
        data: url,
        filter: ["!", isArea],
        maxzoom: 7,
        // The edge is drawn much nearer by than its tiles are cut for.
        tolerance: 0,
      });
      map.addLayer(glow, layers[0]!.id);
      const order = map.getLayersOrder();
      map.addLayer(names, order[order.indexOf(layers.at(-1)!.id) + 1]);
      // Lets a measurement wait for the picture.
      map.once("idle", noteNames);
    };
    const noteNames = () => map.getContainer().setAttribute("data-names", "drawn");
    map.once("idle", addLater);
    return () => {
      map.off("idle", addLater);
      map.off("idle", noteNames);
      for (const { id } of [...layers, ...later]) if (map.getLayer(id)) map.removeLayer(id);
      for (const id of [SOURCE, LATER_SOURCE]) if (map.getSource(id)) map.removeSource(id);
    };
  }, [map]);
  return null;
}
