import { CELL_ZOOM, POINTS_ZOOM, type SentMapFilter } from "@hanyouxu/api";
import type {
  LayerSpecification,
  MapGeoJSONFeature,
  MapLayerMouseEvent,
  VectorTileSource,
} from "maplibre-gl";
import { useEffect, useRef } from "react";
import { STATE_BY_COLOUR, STATE_COLOURS } from "./machine-paint.ts";
import { useMap } from "./map-context.ts";
import { pointOver } from "./point-over.ts";

const SOURCE = "machine-tiles";
const SPOTS = "machine-tiles-spots";
/** The lowest of these layers. */
export const LOWEST_TILES_LAYER = "machine-tiles-heat";
/** The platform's own columns are a second old; a map of counts need not be younger than this. */
const REFRESH_MS = 10_000;
const MOST_ZOOM = 17;

const isCluster = [">", ["get", "n"], 1];
const layers = [
  // Single machines and counts in one: circles that are made otherwise need a program of their own, and where there is
  // no graphics card each program keeps the first picture waiting.
  {
    id: SPOTS,
    type: "circle",
    source: SOURCE,
    "source-layer": "machines",
    paint: {
      "circle-color": ["case", isCluster, "rgba(13,63,125,0.92)", STATE_BY_COLOUR],
      "circle-radius": [
        "case",
        isCluster,
        ["interpolate", ["linear"], ["ln", ["get", "n"]], 0.7, 12, 4, 19, 8, 30],
        7,
      ],
      "circle-stroke-width": ["case", isCluster, 3, 1.5],
      "circle-stroke-color": [
        "case",
        ["!", isCluster],
        "#04142c",
        [">", ["get", "alarm"], 0],
        STATE_COLOURS.tampered,
        [">", ["get", "working"], 0],
        STATE_COLOURS.arcing,
        STATE_COLOURS.idle,
      ],
    },
  },
  {
    id: "machine-tiles-counts",
    type: "symbol",
    source: SOURCE,
    "source-layer": "machines",
    filter: isCluster,
    layout: { "text-field": ["to-string", ["get", "n"]], "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": "#ffffff" },
  },
] as unknown as LayerSpecification[];

/** Where many machines are, without their numbers: beneath everything else of machines. */
const heat = {
  id: LOWEST_TILES_LAYER,
  type: "heatmap",
  source: SOURCE,
  "source-layer": "machines",
  paint: {
    "heatmap-weight": ["interpolate", ["linear"], ["ln", ["get", "n"]], 0, 0.12, 3, 0.45, 7, 1],
    "heatmap-radius": ["interpolate", ["linear"], ["zoom"], 6, 26, 10, 44, 16, 60],
    "heatmap-intensity": 2,
    "heatmap-opacity": 0.75,
    "heatmap-color": [
      "interpolate",
      ["linear"],
      ["heatmap-density"],
      0,
      "rgba(43,155,255,0)",
      0.2,
      "#1f6feb",
      0.45,
      "#19d3da",
      0.7,
      "#ffd666",
      1,
      "#ff4d4f",
    ],
  },
} as unknown as LayerSpecification;

interface Props {
  filter: SentMapFilter;
  /** While machines are drawn one by one instead, or not at all. */
  isHidden: boolean;
  hasHeat: boolean;
  /** Undefined while clicks on the map mean something else. */
  onPick: ((machineIds: string[]) => void) | undefined;
  /** A cluster was clicked: the grid square that it stands for. */
  onPickCell: ((cell: string) => void) | undefined;
}

/** All machines of the platform as vector tiles: counts of a grid, from zoom 13 on each machine. */
export function MachineTilesLayer({ filter, isHidden, hasHeat, onPick, onPickCell }: Props): null {
  const map = useMap();
  const handlers = useRef({ onPick, onPickCell });
  handlers.current = { onPick, onPickCell };
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  const address = `${location.origin}/api/map/tiles/{z}/{x}/{y}.mvt${query === "" ? "" : `?${query}`}`;
  // The source knows its own address only some time after it was added.
  const asked = useRef(address);
  const shown = useRef({ isHidden, hasHeat });
  shown.current = { isHidden, hasHeat };

  useEffect(() => {
    map.addSource(SOURCE, { type: "vector", tiles: [asked.current], minzoom: 0, maxzoom: POINTS_ZOOM + 1 });
    // As they are to be: a layer that is shown or hidden later has its tiles cut anew.
    const add = (layer: LayerSpecification, isShown: boolean) =>
      map.addLayer({
        ...layer,
        layout: { ...layer.layout, visibility: visibilityOf(isShown) },
      } as LayerSpecification);
    add(heat, shown.current.hasHeat);
    for (const layer of layers) add(layer, !shown.current.isHidden);
    const pickSpot = ({ features = [] }: MapLayerMouseEvent) => {
      const single = features.filter(({ properties }) => properties.n === 1);
      if (single.length > 0)
        handlers.current.onPick?.([...new Set(single.map(({ properties }) => String(properties.id)))]);
      else pickCluster(features[0]);
    };
    const pickCluster = (feature: MapGeoJSONFeature | undefined) => {
      const { onPickCell: pick } = handlers.current;
      if (feature?.geometry.type !== "Point" || !pick) return;
      pick(String(feature.properties.cell));
      const zoom = Math.min(Math.max(map.getZoom() + 2, CELL_ZOOM), MOST_ZOOM);
      map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom });
    };
    // Lets a measurement wait for the picture.
    map.once("idle", () => map.getContainer().setAttribute("data-machines", "drawn"));
    map.on("click", SPOTS, pickSpot);
    const stopPointing = pointOver(map, [SPOTS]);
    const timer = setInterval(() => {
      const isShown = [SPOTS, heat.id].some((id) => map.getLayoutProperty(id, "visibility") !== "none");
      if (!document.hidden && isShown) map.refreshTiles(SOURCE);
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
      map.off("click", SPOTS, pickSpot);
      stopPointing();
      for (const { id } of [heat, ...layers]) if (map.getLayer(id)) map.removeLayer(id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);

  useEffect(() => {
    if (asked.current === address) return;
    asked.current = address;
    map.getSource<VectorTileSource>(SOURCE)?.setTiles([address]);
  }, [map, address]);

  useEffect(() => {
    for (const { id } of layers) map.setLayoutProperty(id, "visibility", visibilityOf(!isHidden));
    if (isHidden) map.getCanvas().style.cursor = "";
  }, [map, isHidden]);
  useEffect(() => {
    map.setLayoutProperty(heat.id, "visibility", visibilityOf(hasHeat));
  }, [map, hasHeat]);
  return null;
}

function visibilityOf(isShown: boolean): "visible" | "none" {
  return isShown ? "visible" : "none";
}
