import { wallRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";
import { useOnline } from "../../ui/use-online.ts";
import { useNowMs } from "./use-now.ts";

const EVERY_MS = 3_000;
/** Older than this, the figures are said to be old. */
const OLD_AFTER_MS = 15_000;

/** The newest figures of a region, the last ones while there are no newer, and whether they are old. */
export function useWall(region: string | undefined) {
  const query = useQuery({
    queryKey: ["wall", region ?? ""],
    queryFn: ({ signal }) => api.call(wallRoutes.wall, { query: { region }, signal }),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
    placeholderData: (previous) => previous,
    // Figures of a region that nobody looks at any more are not kept for long.
    gcTime: 60_000,
  });
  const isOnline = useOnline();
  const nowMs = useNowMs();
  const isLost = !isOnline || query.isRefetchError || nowMs - query.dataUpdatedAt > OLD_AFTER_MS;
  return { ...query, isOld: query.data !== undefined && !query.isPlaceholderData && isLost };
}
