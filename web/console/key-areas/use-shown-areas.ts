import { MOST_OGC_FEATURES, ogcFeatureRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import type { ShownArea } from "../../map/areas-layer.tsx";
import { api } from "../../ui/api.ts";

/** The active areas within the person's reach, as GIS clients get them; none to who may not see them. */
export function useShownAreas(isEnabled = true): readonly ShownArea[] {
  return (
    useQuery({
      queryKey: ["key-areas", "shown"],
      enabled: isEnabled,
      queryFn: async ({ signal }): Promise<ShownArea[]> => {
        const { features } = await api.call(ogcFeatureRoutes.ogcItems, {
          params: { collectionId: "key-areas" },
          query: { limit: MOST_OGC_FEATURES },
          signal,
        });
        return features.map(({ id, geometry, properties }) => ({
          id,
          name: String(properties.name),
          geometry: geometry as unknown as ShownArea["geometry"],
        }));
      },
    }).data ?? NONE
  );
}

const NONE: readonly ShownArea[] = [];
