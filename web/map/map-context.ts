import type { Map as MapLibreMap } from "maplibre-gl";
import { createContext, useContext } from "react";

export const MapContext = createContext<MapLibreMap | null>(null);

/** The map a layer is drawn on; layers live inside `MapView` only. */
export function useMap(): MapLibreMap {
  const map = useContext(MapContext);
  if (!map) throw new Error("a map layer outside MapView");
  return map;
}
