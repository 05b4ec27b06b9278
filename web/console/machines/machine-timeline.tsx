import { machineRoutes } from "@hanyouxu/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { TimelineRow } from "./timeline-row.tsx";

const AT_ONCE = 50;

/** Events, decisions and work sessions of one machine, newest first, older ones on demand. */
export function MachineTimeline({ machineId }: { machineId: string }) {
  const { t } = useTranslation();
  const timeline = useInfiniteQuery({
    queryKey: ["machine", machineId, "timeline"],
    queryFn: ({ pageParam, signal }) =>
      api.call(machineRoutes.getMachineTimeline, {
        params: { machineId },
        query: { limit: AT_ONCE, before: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ entries }) => (entries.length === AT_ONCE ? entries.at(-1)?.at : undefined),
  });
  const entries = timeline.data?.pages.flatMap((page) => page.entries);
  return (
    <section className="panel timeline-panel" aria-labelledby="timeline-title">
      <h2 id="timeline-title" className="panel-title">
        {t("console.machine.timeline")}
      </h2>
      {timeline.isPending ? <Spin /> : null}
      {timeline.isError ? <Failure error={timeline.error} onRetry={timeline.refetch} /> : null}
      {entries?.length === 0 ? <p className="soft">{t("console.machine.noTimeline")}</p> : null}
      <ol className="timeline">
        {entries?.map((entry) => (
          <TimelineRow key={rowKey(entry)} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage ? (
        <Button loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t("console.machine.older")}
        </Button>
      ) : null}
    </section>
  );
}

function rowKey(entry: Parameters<typeof TimelineRow>[0]["entry"]): string {
  if (entry.type === "event") return `event ${entry.event.boot} ${entry.event.seq}`;
  if (entry.type === "decision") return `decision ${entry.decision.decisionId}`;
  if (entry.type === "step") return `step ${entry.step.stepId}`;
  return `work ${entry.workSession.workSessionId} ${entry.at}`;
}
