import { type WorkSession, workSessionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../ui/api.ts";

export const OWN_WORK_KEY = ["own-work-sessions"] as const;

export function isOpen({ status }: Pick<WorkSession, "status">): boolean {
  return status === "granted" || status === "energised";
}

/** The person's newest work session that is still going on, if any. */
export function useOpenWork(): { work: WorkSession | undefined; isKnown: boolean; isLoading: boolean } {
  const own = useQuery({
    queryKey: [...OWN_WORK_KEY, "open"],
    queryFn: ({ signal }) =>
      api.call(workSessionRoutes.listOwnWorkSessions, { query: { pageSize: 5 }, signal }),
  });
  return {
    work: own.data?.items.find(isOpen),
    isKnown: own.isSuccess && !own.isFetching,
    isLoading: own.isPending,
  };
}
