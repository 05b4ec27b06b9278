import type { LiveMachine } from "@hanyouxu/api";
import type { GeoJSONSource, LayerSpecification, MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { useMap } from "./map-context.ts";

const SOURCE = "alarming";
/** Machines are drawn beneath it. */
export const ALARMING_LAYER = "alarming-rings";
const layers = [
  {
    id: ALARMING_LAYER,
    type: "circle",
    source: SOURCE,
    paint: {
      "circle-color": "rgba(255,77,79,0.25)",
      "circle-radius": 11,
      "circle-stroke-width": 2,
      "circle-stroke-color": [
        "match",
        ["get", "alarm"],
        "danger",
        "#ff4d4f",
        "warning",
        "#ff9f1a",
        "#ffe58f",
      ],
    },
  },
] as unknown as LayerSpecification[];

/** A ring around each machine with an open alarm, however far the map is. */
export function AlarmingLayer({
  machines,
  onPick,
}: {
  machines: readonly LiveMachine[];
  /** Undefined while clicks on the map mean something else. */
  onPick: ((machineIds: string[]) => void) | undefined;
}): null {
  const map = useMap();
  const handler = useRef(onPick);
  handler.current = onPick;
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of layers) map.addLayer(layer);
    const pick = ({ features = [] }: MapLayerMouseEvent) =>
      handler.current?.([...new Set(features.map(({ properties }) => String(properties.machineId)))]);
    map.on("click", ALARMING_LAYER, pick);
    return () => {
      map.off("click", ALARMING_LAYER, pick);
      for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  const key = machines
    .map(
      ({ id, alarm, longitudeDegrees, latitudeDegrees }) =>
        `${id}${alarm}${longitudeDegrees}${latitudeDegrees}`,
    )
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether anything of the rings has changed.
  useEffect(() => {
    map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: "FeatureCollection",
      features: machines.map(({ id, alarm, longitudeDegrees, latitudeDegrees }) => ({
        type: "Feature" as const,
        properties: { machineId: id, alarm },
        geometry: { type: "Point" as const, coordinates: [longitudeDegrees, latitudeDegrees] },
      })),
    });
  }, [map, key]);
  return null;
}
