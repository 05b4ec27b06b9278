import { type GeoJSONSource, type LayerSpecification, LngLatBounds } from "maplibre-gl";
import { useEffect } from "react";
import { useMap } from "./map-context.ts";

/** WGS-84: longitude, latitude. */
export type TrackPoint = readonly [number, number];

const SOURCE = "track";
const layers: LayerSpecification[] = [
  {
    id: "track-way",
    type: "line",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": "#19d3da", "line-width": 2.5, "line-opacity": 0.8 },
  },
  {
    id: "track-at",
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 9,
      "circle-color": "#ffc069",
      "circle-stroke-color": "#04142c",
      "circle-stroke-width": 2,
    },
  },
];

interface Props {
  /** In the order of time; brought into view when it changes. */
  points: readonly TrackPoint[];
  /** Where it is at the moment that is looked at. */
  at: TrackPoint | null;
}

const NEAREST_ZOOM = 16;

/** The way of a machine, and where on it it is. */
export function TrackLayer({ points, at }: Props): null {
  const map = useMap();
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of layers) map.addLayer(layer);
    return () => {
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  useEffect(() => {
    const [first] = points;
    if (!first) return;
    const bounds = new LngLatBounds([...first], [...first]);
    for (const point of points) bounds.extend([...point]);
    map.fitBounds(bounds, { padding: 60, maxZoom: NEAREST_ZOOM, animate: false });
  }, [map, points]);
  useEffect(() => {
    const feature = (geometry: GeoJSON.Geometry) => ({ type: "Feature" as const, properties: {}, geometry });
    map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: "FeatureCollection",
      features: [
        ...(points.length > 1
          ? [feature({ type: "LineString", coordinates: points.map((point) => [...point]) })]
          : []),
        ...(at ? [feature({ type: "Point", coordinates: [...at] })] : []),
      ],
    });
  }, [map, points, at]);
  return null;
}
