import { useState } from "react";
import type { DrawnRing } from "../../map/drawn-shape.ts";
import type { LonLat } from "../../map/line-length.ts";

export type MapTool = "select" | "measure";

export interface MapToolState {
  tool: MapTool | null;
  open(tool: MapTool): void;
  close(): void;
  /** The measured line, and how often its next corner was asked to be the map's middle. */
  line: readonly LonLat[];
  centres: number;
  addToLine(corner: LonLat): void;
  addCentre(): void;
  undo(): void;
  /** The finished polygon; undefined while there is none. */
  ring: readonly LonLat[] | undefined;
  drawn(rings: readonly DrawnRing[]): void;
  /** A ring that is put on the board as if it had been drawn. */
  added: DrawnRing | undefined;
  addBox(box: string): void;
  clearings: number;
  clear(): void;
}

/** What is drawn on the map to select or to measure. */
export function useMapTool(): MapToolState {
  const [tool, setTool] = useState<MapTool | null>(null);
  const [line, setLine] = useState<readonly LonLat[]>([]);
  const [centres, setCentres] = useState(0);
  const [ring, setRing] = useState<readonly LonLat[] | undefined>(undefined);
  const [added, setAdded] = useState<DrawnRing | undefined>(undefined);
  const [clearings, setClearings] = useState(0);
  function forget() {
    setLine([]);
    setCentres(0);
    setRing(undefined);
    setAdded(undefined);
    setClearings(0);
  }
  return {
    tool,
    line,
    centres,
    ring,
    added,
    clearings,
    open(next) {
      forget();
      setTool(next);
    },
    close() {
      forget();
      setTool(null);
    },
    addToLine: (corner) => setLine((before) => [...before, corner]),
    addCentre: () => setCentres((before) => before + 1),
    undo: () => setLine((before) => before.slice(0, -1)),
    drawn: (rings) => setRing(rings[0]?.ring),
    addBox(box) {
      const [west = 0, south = 0, east = 0, north = 0] = box.split(",").map(Number);
      const corners: LonLat[] = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      setClearings((before) => before + 1);
      setAdded({ role: "polygon", ring: corners });
    },
    clear() {
      setLine([]);
      setRing(undefined);
      setAdded(undefined);
      setClearings((before) => before + 1);
    },
  };
}
