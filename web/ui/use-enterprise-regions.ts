import { enterpriseRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";

/**
 * Where an organisation can be registered, as options of a select.
 * @param isWanted a nation's are many: false while nobody can choose one
 */
export function useEnterpriseRegions(under?: string, isWanted = true) {
  return useQuery({
    queryKey: ["enterprise-regions", under],
    queryFn: async ({ signal }) => {
      const query = under ? { under } : {};
      const { regions } = await api.call(enterpriseRoutes.listEnterpriseRegions, { query, signal });
      return regions.map(({ region, name }) => ({ value: region, label: name }));
    },
    staleTime: 60_000,
    enabled: isWanted,
  });
}
