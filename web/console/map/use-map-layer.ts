import { type MapLayer, type MapLayerName, mapPageRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

const REFRESH_MS = 15_000;

/** What of a layer lies in a box; asked once for the map and for the list beside it. @param box empty: not known yet */
export function useMapLayer(layer: MapLayerName, box: string) {
  return useQuery({
    queryKey: ["map-layer", layer, box],
    queryFn: ({ signal }): Promise<MapLayer> =>
      api.call(mapPageRoutes.getMapLayer, { params: { layer }, query: { box }, signal }),
    enabled: box !== "",
    refetchInterval: REFRESH_MS,
    placeholderData: (before) => before,
  });
}
