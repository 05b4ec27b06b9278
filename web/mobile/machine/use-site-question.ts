import { siteOwnerRoutes } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

/**
 * Whether the platform wants to know for whom the work is. Asked once the phone's place is settled; where no answer
 * comes nothing is asked, and the start goes its way.
 */
export function useSiteQuestion(machineCode: string, position: Position | null | undefined) {
  return useQuery({
    queryKey: ["site-question", machineCode, position],
    queryFn: ({ signal }) =>
      api.call(siteOwnerRoutes.askSite, {
        params: { machineCode },
        body: { position: position ?? null },
        signal,
      }),
    enabled: position !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
