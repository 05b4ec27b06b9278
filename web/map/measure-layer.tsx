import type { GeoJSONSource, LayerSpecification, MapMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import type { LonLat } from "./line-length.ts";
import { useMap } from "./map-context.ts";

const SOURCE = "measured";
const layers: LayerSpecification[] = [
  {
    id: "measured-line",
    type: "line",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": "#ffd666", "line-width": 3, "line-dasharray": [2, 1.5] },
  },
  {
    id: "measured-points",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 5,
      "circle-color": "#ffd666",
      "circle-stroke-color": "#04142c",
      "circle-stroke-width": 2,
    },
  },
];

interface Props {
  line: readonly LonLat[];
  onAdd: (corner: LonLat) => void;
  /** Each change adds the middle of the map, for who has no mouse. */
  centres: number;
}

/** A line that is measured: a click adds to its end. */
export function MeasureLayer({ line, onAdd, centres }: Props): null {
  const map = useMap();
  const add = useRef(onAdd);
  add.current = onAdd;
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of layers) map.addLayer(layer);
    const clicked = ({ lngLat }: MapMouseEvent) => add.current([lngLat.lng, lngLat.lat]);
    map.on("click", clicked);
    map.getCanvas().style.cursor = "crosshair";
    return () => {
      map.off("click", clicked);
      map.getCanvas().style.cursor = "";
      for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  useEffect(() => {
    if (centres === 0) return;
    const { lng, lat } = map.getCenter();
    add.current([lng, lat]);
  }, [map, centres]);
  useEffect(() => {
    const coordinates = line.map(([east, north]) => [east, north]);
    const points = coordinates.map((place) => ({
      type: "Feature" as const,
      properties: {},
      geometry: { type: "Point" as const, coordinates: place },
    }));
    const whole = {
      type: "Feature" as const,
      properties: {},
      geometry: { type: "LineString" as const, coordinates },
    };
    map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: "FeatureCollection",
      features: coordinates.length > 1 ? [whole, ...points] : points,
    });
  }, [map, line]);
  return null;
}
