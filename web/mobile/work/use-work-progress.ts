import { type WorkSessionProgress, workSessionRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../ui/api.ts";
import { type HeardProgress, hear } from "./heard-progress.ts";
import { isOpen } from "./use-open-work.ts";

/**
 * One work session, followed by server-sent events while it is open. The browser reconnects by itself; meanwhile
 * `isLost` says that the figures are old.
 */
export function useWorkProgress(workSessionId: string) {
  const client = useQueryClient();
  const queryKey = ["work-session", workSessionId];
  const [isLost, setIsLost] = useState(false);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<HeardProgress> => {
      const progress = await api.call(workSessionRoutes.getWorkSession, {
        params: { workSessionId },
        signal,
      });
      return hear(progress, performance.now(), client.getQueryData<HeardProgress>(queryKey));
    },
  });
  const status = query.data?.progress.status;
  const mustFollow = status !== undefined && isOpen({ status });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made of the id.
  useEffect(() => {
    if (!mustFollow) return;
    const stream = new EventSource(`/api/work-sessions/${encodeURIComponent(workSessionId)}/progress`);
    stream.onmessage = ({ data }) => {
      setIsLost(false);
      const progress = JSON.parse(data) as WorkSessionProgress;
      client.setQueryData<HeardProgress>(queryKey, (before) => hear(progress, performance.now(), before));
    };
    stream.onerror = () => setIsLost(true);
    return () => stream.close();
  }, [workSessionId, mustFollow, client]);

  return { query, isLost: mustFollow && isLost };
}
