import type { LiveMachine, MachineState } from "@hanyouxu/api";
import type { GeoJSONSource, LayerSpecification, MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { ALARMING_LAYER } from "./alarming-layer.tsx";
import { MACHINE_STATES, STATE_BY_COLOUR, STATE_COLOURS } from "./machine-paint.ts";
import { useMap } from "./map-context.ts";
import { pointOver } from "./point-over.ts";

interface Props {
  machines: readonly LiveMachine[];
  /** Undefined while clicks on the map mean something else. */
  onPick: ((machineId: string) => void) | undefined;
  /** A cluster that cannot be zoomed apart, or was clicked: its machines. */
  onPickMany: ((machineIds: string[]) => void) | undefined;
}

const SOURCE = "machines";
/** The lowest of these layers: what lies under machines is put before it. */
export const LOWEST_MACHINES_LAYER = "machines-clusters";
const CLUSTERS = LOWEST_MACHINES_LAYER;
const POINTS = "machines-points";
/** Clustering 4,000 points again costs a weak machine about 100 ms: not more often than this. */
const REDRAW_MS = 2_000;
const MAX_CLUSTER_LIST = 200;

const countOf = (state: MachineState) => ["+", ["case", ["==", ["get", "state"], state], 1, 0]];
const layers = [
  {
    id: CLUSTERS,
    type: "circle",
    source: SOURCE,
    filter: ["has", "point_count"],
    paint: {
      "circle-color": "#0d3f7d",
      "circle-opacity": 0.92,
      "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "point_count"]], 0.7, 13, 4, 21, 8, 34],
      "circle-stroke-width": 3,
      "circle-stroke-color": [
        "case",
        // The most important state among its machines.
        ...MACHINE_STATES.flatMap((state) => [[">", ["get", state], 0], STATE_COLOURS[state]]),
        STATE_COLOURS.offline,
      ],
    },
  },
  {
    id: "machines-counts",
    type: "symbol",
    source: SOURCE,
    filter: ["has", "point_count"],
    layout: {
      "text-field": ["to-string", ["get", "point_count"]],
      "text-size": 13,
      "text-allow-overlap": true,
    },
    paint: { "text-color": "#ffffff" },
  },
  {
    id: "machines-halo",
    type: "circle",
    source: SOURCE,
    filter: [
      "all",
      ["!", ["has", "point_count"]],
      ["in", ["get", "state"], ["literal", ["arcing", "tampered", "faulted"]]],
    ],
    paint: {
      "circle-color": STATE_BY_COLOUR,
      "circle-radius": 15,
      "circle-blur": 0.9,
      "circle-opacity": 0.55,
    },
  },
  {
    id: POINTS,
    type: "circle",
    source: SOURCE,
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-color": STATE_BY_COLOUR,
      "circle-radius": 7,
      "circle-stroke-width": 1.5,
      "circle-stroke-color": "#04142c",
    },
  },
] as unknown as LayerSpecification[];

function toGeoJson(machines: readonly LiveMachine[]) {
  return {
    type: "FeatureCollection" as const,
    features: machines.map((machine) => ({
      type: "Feature" as const,
      properties: { machineId: machine.id, state: machine.state },
      geometry: { type: "Point" as const, coordinates: [machine.longitudeDegrees, machine.latitudeDegrees] },
    })),
  };
}

/** Machines told one by one, clustered in the browser: at most those of one frame of the map. */
export function MachinesLayer({ machines, onPick, onPickMany }: Props): null {
  const map = useMap();
  const handlers = useRef({ onPick, onPickMany });
  handlers.current = { onPick, onPickMany };

  useEffect(() => {
    map.addSource(SOURCE, {
      type: "geojson",
      data: toGeoJson([]),
      cluster: true,
      clusterRadius: 46,
      clusterMaxZoom: 15,
      clusterProperties: Object.fromEntries(MACHINE_STATES.map((state) => [state, countOf(state)])),
    });
    const above = map.getLayer(ALARMING_LAYER) && ALARMING_LAYER;
    for (const layer of layers) map.addLayer(layer, above);

    const pickPoint = (event: MapLayerMouseEvent) => {
      const ids = (event.features ?? []).map((feature) => String(feature.properties.machineId));
      if (ids.length === 1) handlers.current.onPick?.(ids[0]!);
      else if (ids.length > 1) handlers.current.onPickMany?.(ids);
    };
    const pickCluster = async (event: MapLayerMouseEvent) => {
      const feature = event.features?.[0];
      if (feature?.geometry.type !== "Point" || !handlers.current.onPickMany) return;
      const source = map.getSource<GeoJSONSource>(SOURCE)!;
      const clusterId = Number(feature.properties.cluster_id);
      // Clusters are numbered anew with every redraw: one that is gone by now cannot say what it held.
      const leaves = await source.getClusterLeaves(clusterId, MAX_CLUSTER_LIST, 0).catch(() => null);
      if (!leaves) return;
      handlers.current.onPickMany?.(leaves.map((leaf) => String(leaf.properties?.machineId)));
      const zoom = await source.getClusterExpansionZoom(clusterId).catch(() => map.getZoom() + 1);
      map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom: Math.min(zoom, 17) });
    };
    map.on("click", POINTS, pickPoint);
    map.on("click", CLUSTERS, pickCluster);
    const stopPointing = pointOver(map, [POINTS, CLUSTERS]);
    return () => {
      map.off("click", POINTS, pickPoint);
      map.off("click", CLUSTERS, pickCluster);
      stopPointing();
      for (const layer of layers) if (map.getLayer(layer.id)) map.removeLayer(layer.id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);

  useRedraw(map, machines);
  return null;
}

/**
 * Hands the newest machines to the map, at most once in `REDRAW_MS`, and the last ones always. Not where they stand and
 * look as they did: much of what is told of a machine is not drawn.
 */
function useRedraw(map: ReturnType<typeof useMap>, machines: readonly LiveMachine[]): void {
  const latest = useRef(machines);
  latest.current = machines;
  const drawn = useRef<{ source: GeoJSONSource; shown: string }>(undefined);
  const drawnAtMs = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new machines are what asks for a redraw.
  useEffect(() => {
    if (timer.current !== undefined) return;
    const waitMs = Math.max(0, drawnAtMs.current + REDRAW_MS - performance.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const source = map.getSource<GeoJSONSource>(SOURCE);
      if (!source) return;
      const data = toGeoJson(latest.current);
      const shown = JSON.stringify(data);
      if (drawn.current?.source === source && drawn.current.shown === shown) return;
      drawn.current = { source, shown };
      drawnAtMs.current = performance.now();
      source.setData(data);
    }, waitMs);
  }, [map, machines]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
