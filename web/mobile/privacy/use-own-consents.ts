import { personalDataRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

export const CONSENTS_KEY = ["own-consents"] as const;

/** The texts in force and the person's standing with each. */
export function useOwnConsents() {
  return useQuery({
    queryKey: CONSENTS_KEY,
    queryFn: async ({ signal }) => (await api.call(personalDataRoutes.ownConsents, { signal })).consents,
    staleTime: 60_000,
  });
}
