import { liveRoutes, type MapConfig } from "@hanyouxu/api";
import { queryOptions, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";

/** The map's ground and whether this is a demonstration; does not change while a page is open. */
export const mapConfigQuery = queryOptions({
  queryKey: ["map-config"],
  queryFn: ({ signal }): Promise<MapConfig> => api.call(liveRoutes.mapConfig, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The map's ground and whether this is a demonstration; does not change while a page is open. */
export function useMapConfig(): UseQueryResult<MapConfig> {
  return useQuery(mapConfigQuery);
}
