import { useEffect, useRef } from "react";
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { fitTo } from "./areas-layer.tsx";
import type { DrawnRing } from "./drawn-shape.ts";
import { useMap } from "./map-context.ts";

export type DrawMode = "polygon" | "hole" | "circle" | "select";

interface Props {
  mode: DrawMode;
  /** What is on the board at first. */
  initial: readonly DrawnRing[];
  onChange: (rings: readonly DrawnRing[]) => void;
  /** A ring is finished: the next click selects. */
  onFinish: () => void;
  /** Each change clears the board, or takes away what is selected. */
  clearings: number;
  deletions: number;
  /** Each new ring is put on the board. */
  added: DrawnRing | undefined;
}

const ROLES = ["polygon", "hole", "circle"] as const;
const outline = {
  fillColor: "#36cfc9",
  fillOpacity: 0.25,
  outlineColor: "#87f0ea",
  outlineWidth: 3,
} as const;
const holeLook = {
  fillColor: "#04142c",
  fillOpacity: 0.6,
  outlineColor: "#ffd666",
  outlineWidth: 2,
} as const;
/** Corners and middles of sides can be taken hold of; a circle grows from its centre. */
const corners = {
  feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } },
};

/** Drawing with terra-draw: outlines, holes and circles are rings of one area. */
export function DrawLayer({ mode, initial, onChange, onFinish, clearings, deletions, added }: Props): null {
  const map = useMap();
  const board = useRef<TerraDraw | null>(null);
  const told = useRef({ onChange, onFinish });
  told.current = { onChange, onFinish };
  const first = useRef(initial);

  useEffect(() => {
    const draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 9 }),
      modes: [
        new TerraDrawPolygonMode({ styles: outline }),
        new TerraDrawPolygonMode({ modeName: "hole", styles: holeLook }),
        new TerraDrawCircleMode({ styles: outline, segments: 64 }),
        new TerraDrawSelectMode({
          flags: {
            polygon: corners,
            hole: corners,
            circle: { feature: { draggable: true, coordinates: { resizable: "center" } } },
          },
        }),
      ],
    });
    draw.start();
    board.current = draw;
    draw.addFeatures(first.current.map((ring) => featureOf(ring, draw.getFeatureId())));
    fitTo(map, [{ coordinates: first.current.map(({ ring }) => ring) }]);
    const tell = () => told.current.onChange(ringsOn(draw));
    draw.on("change", (_ids, type) => {
      if (type !== "styling") tell();
    });
    draw.on("finish", (_id, { action }) => {
      tell();
      if (action === "draw") told.current.onFinish();
    });
    return () => {
      // A page that goes takes its map away before its layers.
      if (map.getStyle()) draw.stop();
      board.current = null;
    };
  }, [map]);

  useEffect(() => board.current?.setMode(mode), [mode]);
  useEffect(() => {
    if (clearings > 0) board.current?.clear();
  }, [clearings]);
  useEffect(() => {
    const draw = board.current;
    if (!draw || deletions === 0) return;
    draw.removeFeatures(
      draw
        .getSnapshot()
        .flatMap(({ id, properties }) => (properties.selected && id !== undefined ? [id] : [])),
    );
  }, [deletions]);
  useEffect(() => {
    const draw = board.current;
    if (!draw || !added) return;
    draw.addFeatures([featureOf(added, draw.getFeatureId())]);
    fitTo(map, [{ coordinates: added.ring }]);
  }, [map, added]);
  return null;
}

function featureOf(
  { role, ring }: DrawnRing,
  id: ReturnType<TerraDraw["getFeatureId"]>,
): GeoJSONStoreFeatures {
  return {
    type: "Feature",
    id,
    properties: { mode: role, ...(role === "circle" ? { radiusKilometers: 1 } : {}) },
    geometry: { type: "Polygon", coordinates: [ring.map(([east, north]) => [east, north])] },
  };
}

/** The finished rings; points that only help to draw are left out. */
function ringsOn(draw: TerraDraw): DrawnRing[] {
  return draw.getSnapshot().flatMap(({ properties, geometry }): DrawnRing[] => {
    const role = ROLES.find((known) => known === properties.mode);
    if (!role || geometry.type !== "Polygon" || properties.currentlyDrawing) return [];
    return [{ role, ring: geometry.coordinates[0]!.map(([east, north]) => [east!, north!] as const) }];
  });
}
