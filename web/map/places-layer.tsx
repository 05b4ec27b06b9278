import { type GeoJSONSource, type LayerSpecification, LngLatBounds } from "maplibre-gl";
import { useEffect } from "react";
import { useMap } from "./map-context.ts";

/** WGS-84 degrees. */
interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

const SOURCE = "places";
const layers: LayerSpecification[] = [
  {
    id: "places-ways",
    type: "line",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": "#ffc069", "line-width": 1.5, "line-opacity": 0.55, "line-dasharray": [2, 2] },
  },
  {
    id: "places-points",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 12,
      "circle-color": ["case", ["get", "isMain"], "#ffc069", "#19d3da"],
      "circle-stroke-color": "#04142c",
      "circle-stroke-width": 2,
    },
  },
  {
    id: "places-numbers",
    type: "symbol",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["get", "number"], "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": "#04142c" },
  },
];

function shapeOf(places: readonly Place[], hasWays: boolean) {
  const [main, ...others] = places.map(
    ({ longitudeDegrees, latitudeDegrees }) => [longitudeDegrees, latitudeDegrees] as [number, number],
  );
  const points = places.map(({ longitudeDegrees, latitudeDegrees }, index) => ({
    type: "Feature" as const,
    properties: { number: String(index + 1), isMain: index === 0 },
    geometry: { type: "Point" as const, coordinates: [longitudeDegrees, latitudeDegrees] },
  }));
  const ways = (hasWays ? others : []).map((other) => ({
    type: "Feature" as const,
    properties: {},
    geometry: { type: "LineString" as const, coordinates: [main!, other] },
  }));
  return { type: "FeatureCollection" as const, features: [...ways, ...points] };
}

interface Props {
  places: readonly Place[];
  /** Lines from the main place to the others. */
  hasWays?: boolean;
  /** No nearer than this, however close together they are. */
  nearestZoom?: number;
}

/** Numbered places, the first the main one, all of them in view. */
export function PlacesLayer({ places, hasWays = true, nearestZoom = 13 }: Props): null {
  const map = useMap();
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: shapeOf([], false) });
    for (const layer of layers) map.addLayer(layer);
    return () => {
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  useEffect(() => {
    map.getSource<GeoJSONSource>(SOURCE)?.setData(shapeOf(places, hasWays));
    if (places.length === 0) return;
    const bounds = new LngLatBounds();
    for (const { longitudeDegrees, latitudeDegrees } of places)
      bounds.extend([longitudeDegrees, latitudeDegrees]);
    map.fitBounds(bounds, { padding: 60, maxZoom: nearestZoom, animate: false });
  }, [map, places, hasWays, nearestZoom]);
  return null;
}
