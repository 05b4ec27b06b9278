import { keyAreaRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

/** One area as it is now. */
export function useKeyArea(keyAreaId: string | undefined) {
  return useQuery({
    queryKey: ["key-area", keyAreaId],
    queryFn: ({ signal }) =>
      api.call(keyAreaRoutes.getKeyArea, { params: { keyAreaId: keyAreaId! }, signal }),
    enabled: keyAreaId !== undefined,
  });
}
