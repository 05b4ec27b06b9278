import type { MapLayer } from "@hanyouxu/api";
import type { GeoJSONSource, LayerSpecification, MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { useMap } from "./map-context.ts";
import { pointOver } from "./point-over.ts";

type Square = MapLayer["squares"][number];

interface Props {
  /** Names the layer among others. */
  id: string;
  colour: string;
  squares: readonly Square[];
  onPick: ((square: Square) => void) | undefined;
}

const hasMany = [">", ["get", "count"], 1];

/** Dots with a dark rim for single things, larger ones with their number where several stand together. */
function layersOf(id: string, colour: string): LayerSpecification[] {
  return [
    {
      id: `${id}-dots`,
      type: "circle",
      source: id,
      paint: {
        "circle-color": colour,
        "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 6, 4, 13, 8, 20],
        "circle-stroke-color": "#04142c",
        "circle-stroke-width": 2,
        "circle-opacity": 0.95,
      },
    },
    {
      id: `${id}-numbers`,
      type: "symbol",
      source: id,
      filter: hasMany,
      layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 12, "text-allow-overlap": true },
      paint: { "text-color": "#04142c" },
    },
  ] as LayerSpecification[];
}

/** One layer of things other than machines, counted in squares by the platform. */
export function SquaresLayer({ id, colour, squares, onPick }: Props): null {
  const map = useMap();
  const latest = useRef({ squares, onPick });
  latest.current = { squares, onPick };

  useEffect(() => {
    map.addSource(id, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const layers = layersOf(id, colour);
    for (const layer of layers) map.addLayer(layer);
    const dots = `${id}-dots`;
    const pick = ({ features }: MapLayerMouseEvent) => {
      const square = latest.current.squares[Number(features?.[0]?.properties.index)];
      if (square) latest.current.onPick?.(square);
    };
    map.on("click", dots, pick);
    const stopPointing = pointOver(map, [dots]);
    return () => {
      map.off("click", dots, pick);
      stopPointing();
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, id, colour]);

  useEffect(() => {
    map.getSource<GeoJSONSource>(id)?.setData({
      type: "FeatureCollection",
      features: squares.map(({ count, place }, index) => ({
        type: "Feature" as const,
        properties: { count, index },
        geometry: { type: "Point" as const, coordinates: [place.longitudeDegrees, place.latitudeDegrees] },
      })),
    });
  }, [map, id, squares]);
  return null;
}
