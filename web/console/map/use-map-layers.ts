import { mapLayerName } from "@hanyouxu/api";
import { useSearchParams } from "react-router";

export const MAP_LAYERS = ["machines", "heat", "keyAreas", ...mapLayerName.options] as const;
export type MapLayerKey = (typeof MAP_LAYERS)[number];

/** Each on its own ground: what it is drawn in, on the map and in the list. */
export const LAYER_COLOURS: Record<MapLayerKey, string> = {
  machines: "#4c94ff",
  heat: "#ff7a45",
  keyAreas: "#ffc069",
  enterprises: "#d3adf7",
  workSessions: "#3dfcb0",
  fireStations: "#ff9f9f",
  permits: "#fff566",
  alarms: "#ff4d4f",
};

const AT_FIRST: readonly MapLayerKey[] = ["machines"];
/** In the address; the filter's own reset leaves it alone. */
export const LAYERS_PARAMETER = "layers";

export interface MapLayers {
  on: ReadonlySet<MapLayerKey>;
  toggle(layer: MapLayerKey): void;
}

/** Which layers are on, kept in the address beside the filter. */
export function useMapLayers(): MapLayers {
  const [search, setSearch] = useSearchParams();
  const said = search.get(LAYERS_PARAMETER);
  const on = new Set(said === null ? AT_FIRST : MAP_LAYERS.filter((one) => said.split(",").includes(one)));
  return {
    on,
    toggle(layer) {
      const next = MAP_LAYERS.filter((one) => (one === layer ? !on.has(one) : on.has(one)));
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (next.join() === AT_FIRST.join()) after.delete(LAYERS_PARAMETER);
          else after.set(LAYERS_PARAMETER, next.join());
          return after;
        },
        { replace: true },
      );
    },
  };
}
